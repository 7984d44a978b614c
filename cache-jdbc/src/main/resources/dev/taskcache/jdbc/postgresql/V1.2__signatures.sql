-- What the writer of an entry left for readers to check: the form is that of Taskcache's signatures,
-- and no statement looks into it. Null: the entry is not signed.
ALTER TABLE ${table} ADD COLUMN signature bytea;

UPDATE ${versions} SET major = 1, minor = 2;
