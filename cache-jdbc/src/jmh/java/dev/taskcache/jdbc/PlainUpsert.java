package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import dev.taskcache.store.NewEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/** The plain statement beside a publish: the same columns, of values that are ready to be bound. */
final class PlainUpsert {
  private static final String SQL =
      "INSERT INTO %s AS t (key, namespace, fence, entry_fence, created_at, last_used, duration,"
          + " output_bytes, output_digest, component, pipeline, run, task, parts, payload)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (key, namespace) DO UPDATE SET entry_fence = excluded.entry_fence,"
          + " created_at = excluded.created_at, last_used = excluded.last_used,"
          + " duration = excluded.duration, output_bytes = excluded.output_bytes,"
          + " output_digest = excluded.output_digest, component = excluded.component,"
          + " pipeline = excluded.pipeline, run = excluded.run, task = excluded.task,"
          + " parts = excluded.parts, payload = excluded.payload, owner = NULL,"
          + " lease_until = NULL, lease_run = NULL RETURNING created_at";

  private final String sql = SQL.formatted(BenchPostgres.TWIN);
  private final NewEntry entry;
  private final byte[] digest;
  private final byte[] parts;
  private final byte[] payload;

  PlainUpsert(NewEntry entry, byte[] parts, byte[] payload) {
    this.entry = entry;
    this.digest = HexFormat.of().parseHex(entry.digest());
    this.parts = parts;
    this.payload = payload;
  }

  void run(Connection connection, EntryId id, long now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setBytes(1, Parameters.keyBytes(id.key()));
      statement.setString(2, id.namespace());
      statement.setLong(3, 1);
      statement.setLong(4, 1);
      statement.setLong(5, now);
      statement.setLong(6, now);
      statement.setLong(7, entry.duration().toNanos() / 1_000);
      statement.setLong(8, entry.bytes());
      statement.setBytes(9, digest);
      statement.setString(10, entry.component());
      statement.setString(11, entry.producer().pipeline());
      statement.setString(12, entry.producer().run());
      statement.setString(13, entry.producer().task());
      statement.setBytes(14, parts);
      statement.setBytes(15, payload);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || row.getLong(1) != now) {
          throw new IllegalStateException("not written: " + id);
        }
      }
    }
  }
}
