package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a store in a database needs: makes them, checks them, and prints the SQL for
 * those who make them themselves.
 *
 * <p>They are a table of entries, one of statistics, one of a single row that says which version of
 * the schema is there, and Flyway's history if {@link #migrate} made them; their names begin with
 * {@code taskcache_} unless {@linkplain #prefix said otherwise}, so that they can be among a host's
 * own. Versions are a major and a minor: a new minor only adds, so that code of different ages
 * works on one database; a new major is for new code only.
 *
 * <p>Nothing here happens by itself: no store migrates when it is opened. Immutable and
 * thread-safe.
 */
public final class JdbcSchema {
  private static final TableName DEFAULT = new TableName(null, TableName.DEFAULT_PREFIX);

  private final @Nullable DataSource dataSource;
  private final TableName table;
  private final Migrations migrations;

  JdbcSchema(@Nullable DataSource dataSource, TableName table, Migrations migrations) {
    this.dataSource = dataSource;
    this.table = table;
    this.migrations = migrations;
  }

  /**
   * The schema of a database.
   *
   * @param dataSource leads to it; connected to by {@link #migrate} and {@link #validate} only
   * @return the schema, in the connection's default place and with the default prefix
   */
  public static JdbcSchema of(DataSource dataSource) {
    return new JdbcSchema(dataSource, DEFAULT, Migrations.OURS);
  }

  /**
   * A schema on paper, for {@link #ddl} and {@link #roles} alone.
   *
   * @return the schema, in the connection's default place and with the default prefix
   */
  public static JdbcSchema withoutDatabase() {
    return new JdbcSchema(null, DEFAULT, Migrations.OURS);
  }

  /**
   * The same in a schema of PostgreSQL, CockroachDB or YugabyteDB. By default it is the first
   * existing one of the connection's search path.
   *
   * @param schema its name: at most 40 lower-case letters, digits and underscores, not starting
   *     with a digit
   * @return the schema there
   * @throws IllegalArgumentException if the name has anything else
   */
  public JdbcSchema in(String schema) {
    return new JdbcSchema(dataSource, new TableName(schema, table.prefix()), migrations);
  }

  /**
   * The same with tables whose names begin in another way than {@code taskcache_}.
   *
   * @param prefix the beginning: at most 40 lower-case letters, digits and underscores, not
   *     starting with a digit
   * @return the schema with those names
   * @throws IllegalArgumentException if the prefix has anything else
   */
  public JdbcSchema prefix(String prefix) {
    return new JdbcSchema(dataSource, new TableName(table.schema(), prefix), migrations);
  }

  /**
   * Brings the database to this code's version: makes the schema and the tables if they are
   * missing, adds what is missing to older ones, and leaves a newer minor as it is. May be called
   * by any number of threads and processes at once, and each time a program starts; on SQLite they
   * take turns by a lock on a file beside the database's, named like it and {@code .lock}.
   *
   * <p>Takes two connections of the data source at a time. If nothing is to be done it only reads,
   * so that a role that may not create tables can call it too.
   *
   * @return how many migrations were run; 0 if nothing was to be done
   * @throws SchemaException if the database refuses, with what it said; if its schema is of a newer
   *     major
   * @throws IllegalArgumentException if it is a database that cannot hold a store, or SQLite with a
   *     {@linkplain #in schema}
   */
  public int migrate() {
    return new Migration(dataSource(), table, migrations).run();
  }

  /**
   * Checks that the database has what this code needs, without changing anything.
   *
   * @throws SchemaException naming what is wrong: not migrated, an older version or a newer major,
   *     a table that is missing, the constraint that keeps a key's rows at one missing, not valid
   *     or on other columns; if the database cannot be asked
   * @throws IllegalArgumentException if it is a database that cannot hold a store, or SQLite with a
   *     {@linkplain #in schema}
   */
  public void validate() {
    try (Connection connection = dataSource().getConnection()) {
      Validation.check(Database.of(connection), connection, table, migrations.newest());
    } catch (SQLException e) {
      throw new SchemaException("cannot check the schema: " + Dialect.problem(e), e);
    }
  }

  /** The same on a connection that is open, for a store's own check. */
  static void validate(Database database, Connection connection, TableName table)
      throws SQLException {
    Validation.check(database, connection, table, Migrations.OURS.newest());
  }

  /**
   * The statements of all migrations, for those who run them by themselves. The last of them writes
   * which version it made, from which {@link #validate} and later {@link #migrate}s know it: they
   * need no history of Flyway's for what was made in this way.
   *
   * @param database which database's SQL; nothing is connected to
   * @return SQL with comments
   * @throws IllegalArgumentException for SQLite with a {@linkplain #in schema}
   */
  public String ddl(Database database) {
    database.check(table);
    return migrations.text(database, table);
  }

  /**
   * The statements that give three roles of PostgreSQL, CockroachDB or YugabyteDB what each needs
   * and no more. The roles exist before, and so do the tables; they need a named {@linkplain #in
   * schema}, {@code public} if it is that one.
   *
   * @param writer claims, publishes, invalidates and purges
   * @param reader finds and explains
   * @param migrator owns the tables, and alone may create and alter them
   * @return SQL with comments
   * @throws IllegalArgumentException if a role's name is empty
   * @throws IllegalStateException if the schema has no name
   */
  public String roles(String writer, String reader, String migrator) {
    if (table.schema() == null) {
      throw new IllegalStateException(
          "rights are given in a schema with a name: say JdbcSchema.in(\"public\"), or which it"
              + " is");
    }
    return Migrations.fill(
        Migrations.read("roles.sql"),
        Map.of(
            "schema", table.quotedSchema(),
            "table", table.entry(),
            "versions", table.versions(),
            "stats", table.stats(),
            "history", table.qualifiedHistory(),
            "writer", quoted("writer", writer),
            "reader", quoted("reader", reader),
            "migrator", quoted("migrator", migrator)));
  }

  private static String quoted(String what, String role) {
    if (role.isEmpty() || role.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("the " + what + " is no role's name: \"" + role + "\"");
    }
    return "\"" + role.replace("\"", "\"\"") + "\"";
  }

  private DataSource dataSource() {
    if (dataSource == null) {
      throw new IllegalStateException(
          "this schema was made withoutDatabase(): use JdbcSchema.of(dataSource)");
    }
    return dataSource;
  }
}
