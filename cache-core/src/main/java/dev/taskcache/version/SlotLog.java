package dev.taskcache.version;

import dev.taskcache.explain.Earlier;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decisions for slots, as they are in a store. Thread-safe; blocks. */
record SlotLog(CacheStore store, String namespace) {

  /** The newest decision of a schedule. */
  record Last(SlotDecision decision, Duration informationAge) {

    /** Whether it went by younger information than this, to another version of the pipeline. */
    boolean knowsBetter(ReadyVersion ready) {
      return decision.version().pipeline().equals(ready.version().pipeline())
          && decision.selection().equals(ready.selection().toString())
          && !decision.version().id().equals(ready.version().id())
          && informationAge.compareTo(ready.information().age()) < 0;
    }
  }

  Optional<Last> last(String schedule) {
    return found(schedule, 1).flatMap(found -> last(found).stream()).findFirst();
  }

  List<SlotDecision> newest(String schedule, int most) {
    return found(schedule, most)
        .flatMap(found -> found.entry().stream())
        .flatMap(entry -> decision(entry).stream())
        .toList();
  }

  private Stream<Found<CacheEntry>> found(String schedule, int most) {
    String component = VersionTasks.displayName(VersionTasks.slotComponent(schedule));
    return store.earlier(namespace, component, most).stream()
        .map(Earlier::key)
        .map(key -> store.find(new EntryId(namespace, key)));
  }

  private static Optional<Last> last(Found<CacheEntry> found) {
    CacheEntry entry = found.storedEntry();
    Instant now = found.readAt();
    if (entry == null || now == null) {
      return Optional.empty();
    }
    return decision(entry)
        .map(
            decision ->
                new Last(
                    decision,
                    Duration.between(entry.createdAt(), now)
                        .plusMillis(decision.informationAgeMillis())));
  }

  private static Optional<SlotDecision> decision(CacheEntry entry) {
    try {
      return Optional.of(VersionTasks.SLOT_DECISION.decode(entry.outputs().values()));
    } catch (InvalidRequestException e) {
      return Optional.empty(); // Of another version of this library.
    }
  }
}
