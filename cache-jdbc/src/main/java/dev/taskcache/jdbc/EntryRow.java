package dev.taskcache.jdbc;

import static dev.taskcache.jdbc.Parameters.instant;

import dev.taskcache.explain.Earlier;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.jdbc.Envelope.DamagedException;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySignature;
import dev.taskcache.store.Found;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Unusable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Between rows and entries, for every statement and every database. */
final class EntryRow {
  /** What every look-up selects, in the order in which it is read; the outputs come after it. */
  static final String HEADER =
      "key, namespace, fence, owner, lease_until, entry_fence, created_at, expires_at, duration,"
          + " output_bytes, output_digest, component, pipeline, run, task, invalidated_at,"
          + " invalidated_by, ${clock}, signature";

  /** What an explanation selects. */
  static final String SUMMARY = "key, parts, pipeline, run, task, created_at";

  /** What a published row gets, in the order of {@link #bind}. */
  static final String WRITTEN =
      "duration, output_bytes, output_digest, component, pipeline, run, task, parts, payload,"
          + " signature";

  /** Where in it the time of the look-up is. */
  static final int CLOCK = 18;

  private static final int SIGNATURE = 19;
  private static final int PAYLOAD = 20;

  private EntryRow() {}

  static void bind(Parameters parameters, NewEntry entry, Stamp stamp) throws SQLException {
    parameters
        .micros(entry.duration())
        .number(entry.bytes())
        .bytes(HexFormat.of().parseHex(entry.digest()))
        .text(entry.component())
        .text(entry.producer().pipeline())
        .text(entry.producer().run())
        .text(entry.producer().task())
        .bytes(Envelope.seal(entry.parts()))
        .bytes(Envelope.seal(entry.outputs().values()))
        .bytes(stamp.bytes());
  }

  /** What a row of {@link #HEADER} says, without outputs. */
  static Found<EntryHeader> header(ResultSet row, StoreSql sql, EntryId id) throws SQLException {
    long fence = row.getLong(3);
    String owner = row.getString(4);
    long leaseUntil = row.getLong(5);
    Long entryFence = number(row, 6);
    Long expiry = number(row, 8);
    long now = sql.clock(row, CLOCK);
    Instant readAt = instant(now);
    Found.Holder holder =
        owner != null && leaseUntil > now
            ? new Found.Holder(owner, fence, instant(leaseUntil))
            : null;
    if (entryFence == null) {
      Long invalidated = number(row, 16);
      return new Found<>(
          null,
          holder,
          invalidated == null
              ? null
              : new Unusable.Invalidated(instant(invalidated), row.getString(17)),
          readAt);
    } else if (expiry != null && expiry <= now) {
      return new Found<>(null, holder, new Unusable.Expired(instant(expiry), entryFence), readAt);
    }
    byte[] digest = row.getBytes(11);
    EntryHeader header =
        new EntryHeader(
            id,
            row.getString(12),
            new TaskIdentity(row.getString(13), row.getString(14), row.getString(15)),
            Duration.of(row.getLong(9), ChronoUnit.MICROS),
            HexFormat.of().formatHex(digest == null ? new byte[0] : digest),
            row.getLong(10),
            instant(row.getLong(7)),
            expiry == null ? null : instant(expiry),
            entryFence,
            EntrySignature.ofNullable(row.getBytes(SIGNATURE)));
    return new Found<>(header, holder, null, readAt);
  }

  /** What a row of {@link #HEADER} and the payload says. */
  static Found<CacheEntry> entry(ResultSet row, StoreSql sql, EntryId id) throws SQLException {
    Found<EntryHeader> found = header(row, sql, id);
    EntryHeader header = found.storedEntry();
    if (header == null) {
      return new Found<>(null, found.liveHolder(), found.unusable(), found.readAt());
    }
    try {
      CacheEntry entry =
          new CacheEntry(header, sql.outputs.of(row.getBytes(PAYLOAD), header.digest()));
      return new Found<>(entry, found.liveHolder(), null, found.readAt());
    } catch (DamagedException e) {
      String problem = "the payload of " + id + " is damaged: " + e.getMessage();
      return new Found<>(
          null, found.liveHolder(), new Unusable.Damaged(problem, header.fence()), found.readAt());
    }
  }

  /** A row of {@link #SUMMARY}; one that cannot be read explains nothing. */
  static Optional<Earlier> summary(ResultSet row) throws SQLException {
    byte[] parts = row.getBytes(2);
    try {
      return parts == null
          ? Optional.empty()
          : Optional.of(
              new Earlier(
                  Parameters.key(row.getBytes(1)),
                  Envelope.openParts(parts),
                  new TaskIdentity(row.getString(3), row.getString(4), row.getString(5)),
                  instant(row.getLong(6))));
    } catch (DamagedException e) {
      return Optional.empty();
    }
  }

  static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : number;
  }

  static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    Long micros = number(row, column);
    return micros == null ? null : instant(micros);
  }
}
