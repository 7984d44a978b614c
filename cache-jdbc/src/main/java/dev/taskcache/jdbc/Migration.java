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

  private final DataSource dataSource;
  private final TableName table;

  Migration(DataSource dataSource, TableName table) {
    this.dataSource = dataSource;
    this.table = table;
  }

  /** How many migrations it took. */
  int run() {
    try {
      Database database;
      String file;
      // Closed before Flyway opens its own: the pool may be small.
      try (Connection connection = dataSource.getConnection()) {
        database = Database.of(connection);
        database.check(table);
        if (isDone(SchemaVersion.read(database, connection, table))) {
          return 0;
        }
        file = database == Database.SQLITE ? SqliteLock.file(connection) : "";
      }
      return database == Database.SQLITE
          ? SqliteLock.whileLocked(file, () -> flyway(database))
          : flyway(database);
    } catch (SQLException | FlywayException e) {
      throw new SchemaException(describe(e), e);
    }
  }

  private boolean isDone(Optional<SchemaVersion> version) {
    version.ifPresent(found -> found.checkMajor(table));
    return version.isPresent() && version.get().compareTo(Migrations.NEWEST) >= 0;
  }

  private int flyway(Database database) throws SQLException {
    Optional<SchemaVersion> version;
    try (Connection connection = dataSource.getConnection()) {
      version = SchemaVersion.read(database, connection, table);
    }
    FluentConfiguration configuration =
        Flyway.configure(Migration.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:dev/taskcache/jdbc/" + database.folder())
            .failOnMissingLocations(true)
            .table(table.history())
            // A host's tables may be there already. At the default version, 1, a baseline would
            // leave our first migration out. Where people ran the statements, theirs is the base.
            .baselineOnMigrate(true)
            .baselineVersion(version.map(SchemaVersion::toString).orElse("0"))
            .ignoreMigrationPatterns("*:future")
            .placeholders(Migrations.placeholders(table));
    if (table.schema() != null) {
      configuration.defaultSchema(table.schema()).createSchemas(true);
    }
    return configuration.load().migrate().migrationsExecuted;
  }

  private String describe(Exception failure) {
    String what = "cannot migrate " + table.entry() + ": " + failure.getMessage();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && FORBIDDEN.equals(sql.getSQLState())) {
        return what
            + "; run it as a role that may create tables there, or have one that may run the"
            + " statements that JdbcSchema.ddl() prints";
      }
    }
    return what;
  }
}
