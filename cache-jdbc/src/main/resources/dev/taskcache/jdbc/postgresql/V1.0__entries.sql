-- One row for each key in a namespace, which holds both the entry and the lease: with one table for
-- each, two processes could both find neither.
--
-- Times are microseconds since 1970-01-01 UTC by the database's own clock. Columns of 8 bytes come
-- first, so that none is padded, and what needs no alignment last. The fillfactor stays at 100: less
-- of it made the table larger and no publish HOT, as that one enters the index below.
CREATE TABLE ${table} (
  fence bigint NOT NULL,           -- grows with every lease, invalidation and purge, never goes back
  lease_until bigint,
  entry_fence bigint,              -- the fence that the entry was published under, null for none
  created_at bigint,
  expires_at bigint,               -- null: never
  last_used bigint,                -- null: never since it was stored
  uses bigint NOT NULL DEFAULT 0,
  duration bigint,                 -- microseconds that the task ran
  output_bytes bigint,
  invalidated_at bigint,
  awaited boolean NOT NULL DEFAULT false,
  key bytea NOT NULL,              -- the scheme in ASCII, a colon, 32 bytes
  output_digest bytea,             -- 32 bytes
  namespace text NOT NULL,
  owner text,                      -- null: nobody holds the lease
  lease_run text,
  component text,
  pipeline text,
  run text,
  task text,
  invalidated_by text,
  parts bytea,
  payload bytea,
  -- The key first: YugabyteDB spreads rows by the first column alone.
  CONSTRAINT ${prefix}entry_key PRIMARY KEY (key, namespace)
);

-- For the earlier entries of a component, read backwards. Ascending, as times come: descending, its
-- pages stay half empty (89 bytes an entry in place of 50). There is no index on lease_until, and
-- this one leaves rows without an entry out, so that claims and renewals touch no index (HOT).
CREATE INDEX ${prefix}entry_newest ON ${table} (namespace, component, created_at)
  WHERE entry_fence IS NOT NULL;

-- Which version of this schema is here, for code of any version, whoever ran the statements.
CREATE TABLE ${versions} (
  major integer NOT NULL,
  minor integer NOT NULL
);

INSERT INTO ${versions} (major, minor) VALUES (1, 0);
