package dev.taskcache.jdbc.kfp;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code execution_caches}, without its texts.
 *
 * @param id the column ID
 * @param key the column ExecutionCacheKey
 * @param staleness the column MaxCacheStaleness, in seconds: negative is without limit
 * @param writtenAt the column StartedAtInSec, which is when the row was written: seconds since 1970
 */
record CachedRow(long id, @Nullable String key, long staleness, long writtenAt) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** What is longer is no limit: databases count microseconds. */
  private static final long LONGEST_SECONDS = Duration.ofDays(365L * 1_000).toSeconds();

  /** The cache server computes no other keys. */
  boolean hasKey() {
    return key != null && isKey(key);
  }

  static boolean isKey(String text) {
    return SHA_256.matcher(text).matches();
  }

  /** In whole seconds, as the cache server counts. */
  long age(long now) {
    return Math.max(0, now - Math.max(0, writtenAt));
  }

  RowState state(long now, long maximum) {
    if (!hasKey() || staleness == 0) {
      return RowState.NEVER_MATCHES;
    }
    return isWithin(staleness, now) && isWithin(maximum, now) ? RowState.VALID : RowState.EXPIRED;
  }

  private boolean isWithin(long limit, long now) {
    return limit < 0 || age(now) <= limit;
  }

  /** How long a valid row stays so; null if for ever. */
  @Nullable Duration left(long now, long maximum) {
    long limit = staleness < 0 || (maximum >= 0 && maximum < staleness) ? maximum : staleness;
    // An age of exactly the limit lasts a second, as ages are whole seconds.
    return limit < 0 || limit > LONGEST_SECONDS ? null : Duration.ofSeconds(limit - age(now) + 1);
  }

  boolean isNewerThan(CachedRow other) {
    return writtenAt == other.writtenAt ? id > other.id : writtenAt > other.writtenAt;
  }
}
