package dev.taskcache.jdbc;

import dev.taskcache.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Set;

/** What differs between databases: a few words of SQL, and what their errors mean. */
class Dialect {
  /** As many keys as one statement looks up, and as many rows as one batch looks at. */
  static final int CHUNK = 1_000;

  // Floating point, exact to the microsecond until 2106; extract takes longer, to be exact for
  // ever.
  private static final String POSTGRESQL_NOW =
      "(date_part('epoch', clock_timestamp()) * 1000000)::bigint";
  // Exact milliseconds; SQLite has nothing finer.
  private static final String SQLITE_NOW =
      "CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000";
  private static final String SQLITE_ANY =
      "IN (" + String.join(", ", Collections.nCopies(CHUNK, "?")) + ")";

  // Serialization failure, deadlock: the statement did nothing, and may be repeated.
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
  // The server is shutting down, crashed, or starting.
  private static final Set<String> GONE = Set.of("57P01", "57P02", "57P03");
  private static final String CONNECTION_CLASS = "08";
  // Insufficient resources, operator intervention, the system's and PostgreSQL's own errors.
  private static final Set<String> UNWELL = Set.of("53", "57", "58", "XX");
  private static final int STATE_CLASS = 2;
  // Undefined table, insufficient privilege, a transaction that only reads.
  private static final Set<String> ABSENT_OR_FORBIDDEN = Set.of("42P01", "42501", "25006");

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;
  private static final int SQLITE_READ_ONLY = 8;
  private static final int SQLITE_IO_ERROR = 10;
  private static final int SQLITE_CANNOT_OPEN = 14;
  private static final int SQLITE_PRIMARY = 0xff;

  private final Database database;
  private final TableName table;

  Dialect(Database database, TableName table) {
    this.database = database;
    this.table = table;
  }

  Database database() {
    return database;
  }

  /** Where those listen who wait. */
  String channel() {
    return table.channel();
  }

  /** Fills in what differs. */
  final String text(String template) {
    boolean sqlite = database == Database.SQLITE;
    String greatest = sqlite ? "max" : "greatest";
    return template
        .replace("${next}", greatest + "(t.fence + 1, ${now})")
        .replace("${greatest}", greatest)
        .replace("${clock}", sqlite ? SQLITE_NOW : "clock_timestamp()")
        .replace("${unused}", sqlite ? "0" : "NULL") // A column that is null takes no room.
        .replace("${now}", sqlite ? SQLITE_NOW : POSTGRESQL_NOW)
        .replace("${any}", sqlite ? SQLITE_ANY : "= ANY (?)")
        .replace("${skip}", sqlite ? "" : " FOR UPDATE OF t SKIP LOCKED")
        .replace("${share}", sqlite ? "" : " FOR SHARE")
        // In one order, so that two that take the same rows cannot wait for each other.
        .replace("${lock}", sqlite ? "" : " ORDER BY t.key FOR UPDATE OF t")
        .replace("${stats}", table.stats())
        .replace("${table}", table.entry());
  }

  /** What {@code ${clock}} said, in microseconds: on PostgreSQL cheaper to read than to count. */
  final long clock(ResultSet row, int column) throws SQLException {
    return database == Database.SQLITE
        ? row.getLong(column)
        : Parameters.micros(row.getObject(column, OffsetDateTime.class).toInstant());
  }

  /** Whether the statement did nothing because of what others did at the same time. */
  static boolean isConflict(SQLException failure) {
    int code = failure.getErrorCode() & SQLITE_PRIMARY;
    return CONFLICTS.contains(String.valueOf(failure.getSQLState()))
        || code == SQLITE_BUSY
        || code == SQLITE_LOCKED;
  }

  /** What failed, in words: of a pool that gave no connection also why the database gave none. */
  static String problem(Throwable failure) {
    return failure.getCause() instanceof SQLException cause
        ? failure.getMessage() + ": " + cause.getMessage()
        : String.valueOf(failure.getMessage());
  }

  /**
   * Whether the database refused a call because a table is not there, or may not be used.
   *
   * @param failure as {@link Calls} made it
   */
  static boolean isRefused(StoreException failure) {
    return failure.getCause() instanceof SQLException cause
        && (ABSENT_OR_FORBIDDEN.contains(String.valueOf(cause.getSQLState()))
            || String.valueOf(cause.getMessage()).contains("no such table")
            || (cause.getErrorCode() & SQLITE_PRIMARY) == SQLITE_READ_ONLY);
  }

  /** Whether the connection is lost, so that nobody knows what the statement did. */
  static boolean isConnectionLost(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith(CONNECTION_CLASS) || GONE.contains(state);
  }

  /**
   * Whether it is an answer of a database that is well: that the table is not there, that this role
   * may not write, that the file is full. To ask it less would not help, and would cost the calls
   * that do work.
   */
  static boolean isAnswer(SQLException failure) {
    String state = failure.getSQLState();
    if (isConflict(failure) || isConnectionLost(failure)) {
      return false;
    } else if (state != null && state.length() > STATE_CLASS) {
      return !UNWELL.contains(state.substring(0, STATE_CLASS));
    }
    int code = failure.getErrorCode() & SQLITE_PRIMARY;
    return code != 0 && code != SQLITE_IO_ERROR && code != SQLITE_CANNOT_OPEN;
  }
}
