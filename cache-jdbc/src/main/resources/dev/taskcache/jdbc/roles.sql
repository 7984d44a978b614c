-- Who may do what. Run it after the migrations (again after one that made a table), as a superuser
-- or as the tables' owner who is also a member of the migrator's role. The roles exist already.

-- The migrator creates and alters tables. Only their owner can alter them.
GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${migrator};
ALTER TABLE ${table} OWNER TO ${migrator};
ALTER TABLE ${versions} OWNER TO ${migrator};
ALTER TABLE ${stats} OWNER TO ${migrator};
ALTER TABLE IF EXISTS ${history} OWNER TO ${migrator};

-- The writer claims, publishes, invalidates, purges and counts.
GRANT USAGE ON SCHEMA ${schema} TO ${writer};
GRANT SELECT, INSERT, UPDATE, DELETE ON ${table}, ${stats} TO ${writer};
GRANT SELECT ON ${versions} TO ${writer};

-- The reader finds, explains what it finds, and reads the statistics.
GRANT USAGE ON SCHEMA ${schema} TO ${reader};
GRANT SELECT ON ${table}, ${versions}, ${stats} TO ${reader};
