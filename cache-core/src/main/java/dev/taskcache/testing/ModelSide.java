package dev.taskcache.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.explain.Earlier;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One of two stores that do the same in lockstep, and how what it answers is told so that both tell
 * the same: fences as numbers in the order of each id, times as ages in half hours.
 */
final class ModelSide {
  /** The one entry that is always there: it shows what the store's clock shows. */
  static final EntryId CLOCK = StoreFixture.newId("clock");

  final CacheStore store;
  final List<Lease> leases = new ArrayList<>();
  private final Consumer<Duration> elapse;
  private final Map<EntryId, TreeMap<Long, Integer>> fences = new HashMap<>();

  ModelSide(CacheStore store, Consumer<Duration> elapse) {
    this.store = store;
    this.elapse = elapse;
  }

  void elapse(Duration step) {
    elapse.accept(step);
  }

  Instant now() {
    return Objects.requireNonNull(store.find(CLOCK).readAt(), "the clock's entry is gone");
  }

  /** Until no later claim of a purged id can get the number that an earlier one had. */
  void letTheClockTick() {
    long newest =
        fences.values().stream()
            .filter(numbers -> !numbers.isEmpty())
            .mapToLong(TreeMap::lastKey)
            .max()
            .orElse(0);
    while (ChronoUnit.MICROS.between(Instant.EPOCH, now()) <= newest) {
      Thread.onSpinWait();
    }
  }

  /** A lease or an entry that is new, or was given before. */
  String number(EntryId id, long fence) {
    TreeMap<Long, Integer> numbers = fences.computeIfAbsent(id, ignored -> new TreeMap<>());
    Integer known = numbers.get(fence);
    if (known != null) {
      return "#" + known;
    } else if (!numbers.isEmpty() && fence < numbers.lastKey()) {
      return "#" + fence + " after " + numbers.lastEntry() + ", so the fence went back";
    }
    numbers.put(fence, numbers.size());
    return "#" + (numbers.size() - 1);
  }

  /** The fence of the entry that can be served; null if there is none. */
  @Nullable Long served(EntryId id) {
    CacheEntry entry = store.find(id).storedEntry();
    return entry == null ? null : entry.fence();
  }

  String tell(EntryId id, Found<?> found) {
    Instant now = found.readAt() == null ? Instant.EPOCH : found.readAt();
    StringBuilder told = new StringBuilder();
    found.entry().ifPresent(entry -> told.append(tell(entry, now)));
    if (found.unusable() instanceof Unusable.Expired expired) {
      String number = number(id, expired.fence());
      told.append("expired ").append(number).append(' ').append(age(expired.at(), now));
    } else if (found.unusable() instanceof Unusable.Invalidated gone) {
      told.append("invalidated by ").append(gone.by()).append(' ').append(age(gone.at(), now));
    } else if (found.unusable() != null) {
      told.append(found.unusable());
    }
    found
        .holder()
        .ifPresent(
            holder ->
                told.append(told.isEmpty() ? "held by " : ", held by ")
                    .append(holder.owner())
                    .append(' ')
                    .append(number(id, holder.fence()))
                    .append(" for ")
                    .append(age(now, holder.until())));
    return told.isEmpty() ? "nothing" : told.toString();
  }

  private String tell(Object entry, Instant now) {
    return entry instanceof CacheEntry full
        ? tell(full.header(), now) + " " + full.outputs().get("text")
        : tell((EntryHeader) entry, now);
  }

  private String tell(EntryHeader header, Instant now) {
    Instant expiry = header.expiresAt();
    return number(header.id(), header.fence())
        + (" of " + header.component() + " by " + header.producer().run())
        + (" of " + header.bytes() + " bytes " + header.digest().substring(0, 8))
        + (" ran " + header.duration() + " stored " + age(header.createdAt(), now))
        + (expiry == null ? "" : " lives " + age(header.createdAt(), expiry))
        + (header.signature() == null ? "" : " " + new String(header.signature().bytes(), UTF_8));
  }

  String tell(EntryId id, WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.Stored stored) {
      return "stored " + tell(stored.entry(), stored.entry().createdAt());
    } else if (outcome instanceof WriteOutcome.AlreadyStored stored) {
      return "already stored " + tell(stored.entry(), stored.entry().createdAt());
    } else if (outcome instanceof WriteOutcome.Superseded by) {
      return "superseded by " + by.owner() + (by.until() == null ? "" : " for some time");
    }
    return id + " " + outcome;
  }

  String tell(Earlier earlier) {
    return earlier.key() + " by " + earlier.producer().run() + " from " + earlier.parts();
  }

  /** To the nearest half hour: what really passes while both are asked must not count. */
  private static String age(Instant from, Instant to) {
    return Math.round(Duration.between(from, to).toSeconds() / 1800.0) / 2.0 + " h";
  }
}
