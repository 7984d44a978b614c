-- What a later minor may do: add. For the tests of upgrades.
ALTER TABLE ${table} ADD COLUMN note text;

UPDATE ${versions} SET minor = 9;
