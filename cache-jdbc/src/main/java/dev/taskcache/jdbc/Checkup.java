package dev.taskcache.jdbc;

import dev.taskcache.jdbc.StoreCheck.Access;
import dev.taskcache.jdbc.StoreCheck.Counts;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks at a store's database, and changes nothing. Not thread-safe. */
final class Checkup {
  private static final String COUNTS =
      "SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT key, namespace FROM ${table}"
          + " WHERE key <> ? AND (key < ? OR key >= ?)) AS d),"
          + " sum(CASE WHEN entry_fence IS NOT NULL THEN 1 ELSE 0 END),"
          + " sum(CASE WHEN entry_fence IS NOT NULL AND expires_at <= ${now} THEN 1 ELSE 0 END),"
          + " sum(CASE WHEN owner IS NOT NULL AND lease_until > ${now} THEN 1 ELSE 0 END),"
          + " sum(CASE WHEN entry_fence IS NULL"
          + " AND (owner IS NULL OR lease_until <= ${now}) THEN 1 ELSE 0 END)"
          + " FROM ${table} WHERE key <> ? AND (key < ? OR key >= ?)";

  private final DataSource dataSource;
  private final TableName table;
  private final List<String> problems = new ArrayList<>();
  private @Nullable String product;
  private @Nullable String version;
  private @Nullable Access access;
  private @Nullable Counts counts;
  private Duration clockAhead = Duration.ZERO;

  Checkup(DataSource dataSource, TableName table) {
    this.dataSource = dataSource;
    this.table = table;
  }

  StoreCheck run() {
    try (Connection connection = dataSource.getConnection()) {
      look(connection);
    } catch (SQLException | IllegalArgumentException e) {
      problems.add(
          (product == null ? "not reachable: " : "cannot be checked: ") + Dialect.problem(e));
    }
    return new StoreCheck(product, version, access, clockAhead, counts, problems);
  }

  private void look(Connection connection) throws SQLException {
    DatabaseMetaData about = connection.getMetaData();
    product = about.getDatabaseProductName() + " " + about.getDatabaseProductVersion();
    Database database = Database.of(connection);
    try {
      JdbcSchema.validate(database, connection, table);
    } catch (SchemaException e) {
      problems.add(e.getMessage());
    }
    Optional<SchemaVersion> found = SchemaVersion.read(database, connection, table);
    version = found.map(SchemaVersion::toString).orElse(null);
    Dialect dialect = new Dialect(database, table);
    clockAhead = clockAhead(connection, dialect);
    if (database.has(connection, table.entry())) {
      access = access(connection, database);
      if (access == Access.NONE) {
        problems.add("the role may not read " + table.entry() + "; grant it SELECT");
      } else {
        counts = counts(connection, dialect);
      }
    }
  }

  private static Duration clockAhead(Connection connection, Dialect dialect) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Instant before = Clock.systemUTC().instant();
      try (ResultSet row = statement.executeQuery(dialect.text("SELECT ${now}"))) {
        row.next();
        Instant theirs = Parameters.instant(row.getLong(1));
        Duration asking = Duration.between(before, Clock.systemUTC().instant());
        return Duration.between(before.plus(asking.dividedBy(2)), theirs);
      }
    }
  }

  private Access access(Connection connection, Database database) throws SQLException {
    if (database == Database.SQLITE) {
      return connection.isReadOnly() ? Access.READER : Access.WRITER;
    }
    String sql =
        "SELECT has_table_privilege(?, 'SELECT'), has_table_privilege(?, 'INSERT')"
            + " AND has_table_privilege(?, 'UPDATE') AND has_table_privilege(?, 'DELETE')";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= 4; i++) {
        statement.setString(i, table.entry());
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (!row.getBoolean(1)) {
          return Access.NONE;
        }
        return row.getBoolean(2) ? Access.WRITER : Access.READER;
      }
    }
  }

  private Counts counts(Connection connection, Dialect dialect) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(dialect.text(COUNTS))) {
      Parameters parameters = new Parameters(statement);
      for (int i = 0; i < 2; i++) {
        parameters.bytes(StoreSql.MARKER).bytes(StoreSql.FIRST_STOP).bytes(StoreSql.AFTER_STOPS);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long rows = row.getLong(1);
        long keys = row.getLong(2);
        if (rows > keys) {
          problems.add(
              table.entry()
                  + " has "
                  + (rows - keys)
                  + " rows beyond the first of their key; delete them, and restore the constraint "
                  + table.constraint());
        }
        return new Counts(
            rows,
            keys,
            rows - keys,
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6));
      }
    }
  }
}
