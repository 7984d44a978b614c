-- What was decided and done, counted by all processes together. Never read on the way of a request.
--
-- One row for each counter of a component in an hour. A counter is known by its name, so that code
-- of different ages can count different things.
CREATE TABLE ${stats} (
  bucket bigint NOT NULL,          -- the start of an hour, microseconds since 1970-01-01 UTC
  value bigint NOT NULL,
  namespace text NOT NULL,
  component text NOT NULL,
  counter text NOT NULL,
  -- The hour first: it is what is asked for, and what a purge deletes.
  CONSTRAINT ${prefix}stats_key PRIMARY KEY (bucket, namespace, component, counter)
);

UPDATE ${versions} SET minor = 3;
