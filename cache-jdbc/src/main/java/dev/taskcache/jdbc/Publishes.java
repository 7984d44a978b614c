package dev.taskcache.jdbc;

import static dev.taskcache.jdbc.Parameters.instant;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.WriteOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Storing results. */
final class Publishes {
  private Publishes() {}

  /** What the database decided about a row that it wrote. */
  private record Written(
      Instant createdAt, @Nullable Instant expiresAt, boolean awaited, long fence) {
    static Written of(ResultSet row) throws SQLException {
      return new Written(
          instant(row.getLong(1)), EntryRow.time(row, 2), row.getBoolean(3), row.getLong(4));
    }
  }

  static WriteOutcome.Published publish(Session session, StoreSql sql, Lease lease, NewEntry entry)
      throws SQLException {
    Stamp stamp = Stamp.of(session, sql, entry);
    Optional<Written> written =
        session.one(
            sql.publish,
            parameters -> {
              times(parameters, entry, stamp);
              EntryRow.bind(parameters, entry, stamp);
              parameters.lease(lease);
            },
            Written::of);
    if (written.isPresent()) {
      return stored(session, sql, lease.id(), entry, written.get(), stamp);
    }
    Found<CacheEntry> found = Finds.find(session, sql, lease.id());
    CacheEntry there = found.storedEntry();
    if (there != null && there.fence() == lease.fence()) {
      // It was stored before, and the reply was lost: also whether somebody is to be told.
      Awaited.tell(session, sql, List.of(new Awaited(true, Parameters.keyBytes(lease.id().key()))));
      return new WriteOutcome.Stored(there);
    } else if (there != null && there.fence() > lease.fence()) {
      return new WriteOutcome.AlreadyStored(there);
    }
    return superseded(found);
  }

  static WriteOutcome.Published publishUnleased(
      Session session, StoreSql sql, EntryId id, NewEntry entry, Duration age) throws SQLException {
    Session.Binder marker = p -> p.bytes(StoreSql.MARKER).text(id.namespace());
    session.update(sql.marker, marker);
    Stamp stamp = Stamp.of(session, sql, entry);
    Optional<Written> written =
        session.one(
            sql.publishUnleased,
            parameters -> {
              marker.bind(parameters);
              times(parameters.id(id), entry, stamp);
              EntryRow.bind(parameters, entry, stamp);
              parameters.micros(age);
            },
            Written::of);
    if (written.isPresent()) {
      return stored(session, sql, id, entry, written.get(), stamp);
    }
    Found<CacheEntry> found = Finds.find(session, sql, id);
    return found.storedEntry() == null
        ? superseded(found)
        : new WriteOutcome.AlreadyStored(found.storedEntry());
  }

  private static void times(Parameters parameters, NewEntry entry, Stamp stamp)
      throws SQLException {
    parameters.number(stamp.createdAt()).number(stamp.createdAt()).micros(entry.lifetime());
  }

  private static WriteOutcome.Stored stored(
      Session session, StoreSql sql, EntryId id, NewEntry entry, Written written, Stamp stamp)
      throws SQLException {
    Awaited row = new Awaited(written.awaited(), Parameters.keyBytes(id.key()));
    Awaited.tell(session, sql, List.of(row));
    return new WriteOutcome.Stored(
        entry.storedAs(
            id, written.fence(), written.createdAt(), written.expiresAt(), stamp.signature()));
  }

  private static WriteOutcome.Superseded superseded(Found<CacheEntry> found) {
    return new WriteOutcome.Superseded(
        found.holder().map(Found.Holder::owner).orElse(null),
        found.holder().map(Found.Holder::until).orElse(null));
  }
}
