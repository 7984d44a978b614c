-- What the writer of an entry left for readers to check: the form is that of Taskcache's signatures,
-- and no statement looks into it. Null: the entry is not signed. Being the last column it lies behind
-- the payload, which a look-up without outputs then passes over. Of an unsigned entry it is not read.
ALTER TABLE ${table} ADD COLUMN signature BLOB;

UPDATE ${versions} SET major = 1, minor = 2;
