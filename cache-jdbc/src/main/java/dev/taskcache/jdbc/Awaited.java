package dev.taskcache.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/**
 * A row that changed, and whether somebody waits for that.
 *
 * @param waiters whether a process listens for it
 * @param key the row's key, as it is stored
 */
record Awaited(boolean waiters, byte[] key) {
  private static final String NOTIFY = "SELECT pg_notify(?, ?)";

  /** A row that a statement returned: awaited, key. */
  static Awaited of(ResultSet row) throws SQLException {
    return new Awaited(row.getBoolean(1), row.getBytes(2));
  }

  /**
   * Tells those who listen, and only where somebody does: a notification takes a lock of the whole
   * database when it is committed.
   */
  static void tell(Session session, StoreSql sql, List<Awaited> rows) throws SQLException {
    if (sql.database().listens()) {
      for (Awaited row : rows) {
        if (row.waiters()) {
          session.list(NOTIFY, p -> p.text(sql.channel()).text(payload(row.key())), result -> true);
        }
      }
    }
  }

  /** What a notification says. */
  static String payload(byte[] key) {
    return HexFormat.of().formatHex(key);
  }
}
