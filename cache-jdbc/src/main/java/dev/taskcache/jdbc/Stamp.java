package dev.taskcache.jdbc;

import static dev.taskcache.jdbc.Parameters.instant;

import dev.taskcache.store.EntrySignature;
import dev.taskcache.store.NewEntry;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that a signed entry will say it was stored at, and the signature over it. An entry that
 * is not signed has neither: its time is that of the statement which stores it.
 *
 * <p>The time is the database's, read by a statement of its own before. If the one that stores the
 * entry then waits for a lock the entry looks older than it is, never newer.
 */
record Stamp(@Nullable Long createdAt, @Nullable EntrySignature signature) {
  private static final Stamp NONE = new Stamp(null, null);

  static Stamp of(Session session, StoreSql sql, NewEntry entry) throws SQLException {
    if (entry.seal() == null) {
      return NONE;
    }
    long now = session.one(sql.now, parameters -> {}, row -> row.getLong(1)).orElseThrow();
    Instant expiry =
        entry.lifetime() == null ? null : instant(now + Parameters.ofDuration(entry.lifetime()));
    return new Stamp(now, entry.sign(instant(now), expiry));
  }

  byte @Nullable [] bytes() {
    return signature == null ? null : signature.bytes();
  }
}
