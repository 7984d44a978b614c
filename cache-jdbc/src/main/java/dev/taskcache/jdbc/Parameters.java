package dev.taskcache.jdbc;

import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A statement's parameters, filled in from the first to the last; and the forms that they have. */
final class Parameters {
  private static final byte COLON = ':';

  private final PreparedStatement statement;
  private int index;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters id(EntryId id) throws SQLException {
    return bytes(keyBytes(id.key())).text(id.namespace());
  }

  Parameters text(@Nullable String text) throws SQLException {
    statement.setString(++index, text);
    return this;
  }

  Parameters bytes(byte @Nullable [] bytes) throws SQLException {
    statement.setBytes(++index, bytes);
    return this;
  }

  Parameters number(@Nullable Long number) throws SQLException {
    if (number == null) {
      statement.setNull(++index, Types.BIGINT);
    } else {
      statement.setLong(++index, number);
    }
    return this;
  }

  Parameters micros(@Nullable Duration duration) throws SQLException {
    return number(duration == null ? null : ofDuration(duration));
  }

  Parameters time(Instant time) throws SQLException {
    return number(micros(time));
  }

  Parameters lease(Lease lease) throws SQLException {
    return id(lease.id()).text(lease.owner()).number(lease.fence());
  }

  /** Keys as one array, or, for SQLite, which has none, as a chunk's parameters. */
  Parameters keys(StoreSql sql, byte[][] keys) throws SQLException {
    if (sql.database() == Database.SQLITE) {
      for (int i = 0; i < Dialect.CHUNK; i++) {
        bytes(keys[Math.min(i, keys.length - 1)]);
      }
      return this;
    }
    Array array = statement.getConnection().createArrayOf("bytea", keys);
    statement.setArray(++index, array);
    return this;
  }

  static long ofDuration(Duration duration) {
    // A lease or wait that long is for ever, and must not overflow when the time is added.
    long most = TimeUnit.DAYS.toMicros(36_500);
    return duration.compareTo(Duration.ofDays(36_500)) > 0
        ? most
        : TimeUnit.SECONDS.toMicros(duration.getSeconds()) + duration.getNano() / 1_000;
  }

  /** Not {@link ChronoUnit#between}, which fails after the year 2262: it counts nanoseconds. */
  static long micros(Instant time) {
    long micros = TimeUnit.SECONDS.toMicros(time.getEpochSecond());
    return micros == Long.MAX_VALUE ? micros : micros + time.getNano() / 1_000;
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** The scheme in ASCII, a colon, 32 bytes. */
  static byte[] keyBytes(CacheKey key) {
    byte[] scheme = key.scheme().getBytes(StandardCharsets.US_ASCII);
    byte[] digest = key.digest();
    byte[] bytes = Arrays.copyOf(scheme, scheme.length + 1 + digest.length);
    bytes[scheme.length] = COLON;
    System.arraycopy(digest, 0, bytes, scheme.length + 1, digest.length);
    return bytes;
  }

  static CacheKey key(byte[] bytes) {
    int colon = 0;
    while (bytes[colon] != COLON) {
      colon++;
    }
    String scheme = new String(bytes, 0, colon + 1, StandardCharsets.US_ASCII);
    return CacheKey.parse(scheme + HexFormat.of().formatHex(bytes, colon + 1, bytes.length));
  }
}
