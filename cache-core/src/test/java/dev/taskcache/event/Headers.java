package dev.taskcache.event;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import java.time.Duration;
import java.time.Instant;

/** Entries for tests of events. */
final class Headers {
  private Headers() {}

  static EntryHeader entry(Duration ran, long bytes) {
    return new EntryHeader(
        new EntryId("team", CacheKey.parse("k1:" + "0".repeat(64))),
        "train",
        TaskIdentity.UNKNOWN,
        ran,
        "00",
        bytes,
        Instant.EPOCH,
        null,
        1,
        null);
  }
}
