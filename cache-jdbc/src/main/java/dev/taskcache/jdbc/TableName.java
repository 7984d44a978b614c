package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are and how their names begin. Both parts are checked here, once, so that they
 * can stand in SQL as they are.
 *
 * @param schema a schema of PostgreSQL; null for the first of the connection's search path, and for
 *     SQLite, which has none
 * @param prefix the start of every name: lower-case letters, digits and underscores, at most 40
 */
record TableName(@Nullable String schema, String prefix) {
  static final String DEFAULT_PREFIX = "taskcache_";

  private static final int LONGEST = 40;
  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");

  TableName {
    if (schema != null) {
      check("schema", schema);
    }
    check("prefix", prefix);
  }

  /** The table of entries and leases, as it is written in SQL. */
  String entry() {
    return qualified("entry");
  }

  /** The table of one row that says which version of the schema is there, as written in SQL. */
  String versions() {
    return qualified("schema");
  }

  /** The table of what was counted, as it is written in SQL. */
  String stats() {
    return qualified("stats");
  }

  /** Flyway's table, without its schema. */
  String history() {
    return prefix + "schema_history";
  }

  /** The same, as it is written in SQL. */
  String qualifiedHistory() {
    return qualified("schema_history");
  }

  /** The start of every name, as it is written in SQL. */
  String qualifiedPrefix() {
    return qualified("");
  }

  /** The constraint that keeps a key's rows at one. */
  String constraint() {
    return prefix + "entry_key";
  }

  /**
   * The channel on which a waiter listens, at most 56 bytes, another one for every schema and
   * prefix. Channels belong to the whole database, so the schema has to be in it; as it need not
   * fit, 8 bytes of its digest stand for it. Null and the schema that null amounts to have two
   * channels.
   */
  String channel() {
    return schema == null
        ? prefix + "entry"
        : prefix + Hashing.sha256().hashString(schema, UTF_8).toString().substring(0, 16);
  }

  /** The schema, as it is written in SQL: quoted, as it may be a word of SQL, such as user. */
  String quotedSchema() {
    return "\"" + schema + "\"";
  }

  private String qualified(String name) {
    return schema == null ? prefix + name : quotedSchema() + "." + prefix + name;
  }

  private static void check(String what, String name) {
    if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what
              + " \""
              + name
              + "\" cannot be in a table's name: give at most "
              + LONGEST
              + " lower-case letters, digits and underscores, not starting with a digit");
    }
  }
}
