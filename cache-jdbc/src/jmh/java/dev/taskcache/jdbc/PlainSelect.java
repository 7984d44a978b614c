package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The plain statement beside a look-up: every column that a look-up selects but the time, each read
 * as the type that it has, and nothing made of it.
 */
final class PlainSelect {
  /** Without the payload. */
  static final String HEADER =
      "fence, lease_until, entry_fence, created_at, expires_at, duration, output_bytes,"
          + " invalidated_at, key, output_digest, namespace, owner, component, pipeline, run, task,"
          + " invalidated_by";

  private static final int NUMBERS = 8;
  private static final int BYTES = 10;
  private static final int TEXTS = 17;
  private static final int PAYLOAD = 18;

  private final byte[][] keys;
  private final String sql;

  PlainSelect(String table, List<EntryId> ids) {
    sql = "SELECT " + HEADER + ", payload FROM " + table + " WHERE key = ? AND namespace = ?";
    keys = ids.stream().map(id -> Parameters.keyBytes(id.key())).toArray(byte[][]::new);
  }

  String sql() {
    return sql;
  }

  /** One row, by the key that has the index. */
  void run(Connection connection, int index) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      run(statement, index);
    }
  }

  /** The same with a statement that is kept. */
  void run(PreparedStatement statement, int index) throws SQLException {
    statement.setBytes(1, keys[index % keys.length]);
    statement.setString(2, Workload.NAMESPACE);
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next() || !readHeader(row) || row.getBytes(PAYLOAD) == null) {
        throw new IllegalStateException("a miss");
      }
    }
  }

  /** Reads the header's columns; false if there is nothing in them. */
  static boolean readHeader(ResultSet row) throws SQLException {
    long sum = 0;
    for (int i = 1; i <= NUMBERS; i++) {
      sum += row.getLong(i);
    }
    for (int i = NUMBERS + 1; i <= BYTES; i++) {
      sum += row.getBytes(i).length;
    }
    for (int i = BYTES + 1; i <= TEXTS; i++) {
      String text = row.getString(i);
      sum += text == null ? 0 : text.length();
    }
    return sum != 0;
  }
}
