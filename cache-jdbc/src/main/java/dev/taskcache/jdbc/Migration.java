package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings one database to this code's version, by Flyway with a history of its own. */
final class Migration {
  /** SQLState of PostgreSQL: insufficient privilege. */
  private static final String FORBIDDEN = "42501";

  private static final String HOW_TO_BE_ALLOWED =
      "; run it as a role that may create tables there, or have one that may run the statements"
          + " that JdbcSchema.ddl() prints";

  private final DataSource dataSource;
  private final TableName table;
  private final Migrations migrations;

  Migration(DataSource dataSource, TableName table, Migrations migrations) {
    this.dataSource = dataSource;
    this.table = table;
    this.migrations = migrations;
  }

  /** How many migrations it took. */
  int run() {
    try {
      Database database;
      String file;
      // Closed before Flyway opens its own: the pool may be small.
      try (Connection connection = dataSource.getConnection()) {
        Server server = Server.of(connection);
        database = server.database();
        database.check(table);
        if (isDone(SchemaVersion.read(database, connection, table))) {
          return 0;
        }
        if (server.pooled()) {
          throw new SchemaException(
              "cannot migrate "
                  + table.entry()
                  + " through a pooler that gives each transaction another session, as Flyway keeps"
                  + " settings in its session: migrate over a connection to the server itself");
        }
        file = database == Database.SQLITE ? SqliteLock.file(connection) : "";
        database
            .forbidden(connection, table)
            .ifPresent(
                who -> {
                  throw new SchemaException(
                      "cannot migrate " + table.entry() + ": " + who + HOW_TO_BE_ALLOWED);
                });
      }
      return database == Database.SQLITE
          ? SqliteLock.whileLocked(file, () -> flyway(database))
          : flyway(database);
    } catch (SQLException | FlywayException e) {
      throw new SchemaException(describe(e), e);
    }
  }

  private boolean isDone(Optional<SchemaVersion> version) {
    version.ifPresent(found -> found.checkMajor(table, migrations.newest()));
    return version.isPresent() && version.get().compareTo(migrations.newest()) >= 0;
  }

  /**
   * Flyway looks for tables, and then makes its own or a baseline, without a lock: of several that
   * begin at once, one may find what another has just made and refuse it. It then is as another
   * left it, and can be gone on with.
   */
  private int flyway(Database database) throws SQLException {
    State before = state(database);
    try {
      return flyway(database, before);
    } catch (FlywayException e) {
      State now = state(database);
      if (isDone(now.version())) {
        return 0;
      }
      if (before.hasHistory() || !now.hasHistory()) {
        throw e;
      }
      return flyway(database, now);
    }
  }

  private int flyway(Database database, State state) {
    FluentConfiguration configuration =
        Flyway.configure(Migration.class.getClassLoader())
            .dataSource(dataSource)
            .locations(migrations.locations(database))
            .failOnMissingLocations(true)
            .table(table.history())
            // A host's tables may be there already. At the default version, 1, a baseline would
            // leave our first migration out. Where people ran the statements, theirs is the base.
            .baselineOnMigrate(true)
            .baselineVersion(state.version().map(SchemaVersion::toString).orElse("0"))
            .ignoreMigrationPatterns("*:future")
            .placeholders(Migrations.placeholders(table));
    if (table.schema() != null) {
      configuration.defaultSchema(table.schema()).createSchemas(true);
    }
    return configuration.load().migrate().migrationsExecuted;
  }

  private State state(Database database) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return new State(
          SchemaVersion.read(database, connection, table),
          database.has(connection, table.qualifiedHistory()));
    }
  }

  private String describe(Exception failure) {
    String what = "cannot migrate " + table.entry() + ": " + Dialect.problem(failure);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && FORBIDDEN.equals(sql.getSQLState())) {
        return what + HOW_TO_BE_ALLOWED;
      }
    }
    return what;
  }

  private record State(Optional<SchemaVersion> version, boolean hasHistory) {}
}
