-- One row for each key in a namespace, which holds both the entry and the lease: with one table for
-- each, two processes could both find neither.
--
-- Times are microseconds since 1970-01-01 UTC by the database's own clock. What every claim writes
-- comes first, the payload last: SQLite reads a row up to the last column that is asked for.
--
-- Not WITHOUT ROWID: with payloads of 300 bytes it finds twice as fast, but in a file larger by a
-- quarter, and with payloads of 3,000 bytes it finds ten times and claims four times as slowly.
CREATE TABLE ${table} (
  key BLOB NOT NULL,               -- the scheme in ASCII, a colon, 32 bytes
  namespace TEXT NOT NULL,
  fence INTEGER NOT NULL,          -- grows with every lease, invalidation and purge, never goes back
  owner TEXT,                      -- null: nobody holds the lease
  lease_until INTEGER,
  lease_run TEXT,
  awaited INTEGER NOT NULL DEFAULT 0,
  entry_fence INTEGER,             -- the fence that the entry was published under, null for none
  created_at INTEGER,
  expires_at INTEGER,              -- null: never
  last_used INTEGER,               -- null: never since it was stored
  uses INTEGER NOT NULL DEFAULT 0,
  invalidated_at INTEGER,
  invalidated_by TEXT,
  duration INTEGER,                -- microseconds that the task ran
  component TEXT,
  pipeline TEXT,
  run TEXT,
  task TEXT,
  output_bytes INTEGER,
  output_digest BLOB,              -- 32 bytes
  parts BLOB,
  payload BLOB,
  CONSTRAINT ${prefix}entry_key PRIMARY KEY (key, namespace)
);

-- For the earlier entries of a component, read backwards.
CREATE INDEX ${prefix}entry_newest ON ${table} (namespace, component, created_at)
  WHERE entry_fence IS NOT NULL;

-- Which version of this schema is here, for code of any version, whoever ran the statements.
CREATE TABLE ${versions} (
  major INTEGER NOT NULL,
  minor INTEGER NOT NULL
);

INSERT INTO ${versions} (major, minor) VALUES (1, 0);
