package dev.taskcache.testing;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskCacheBuilder;
import dev.taskcache.WhenWaitEnds;
import dev.taskcache.store.CacheStore;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Somebody who asks a cache, and hears what it tells. Not thread-safe.
 *
 * @param cache the cache
 * @param longestWait how long it waits for others, through either face
 * @param told what the cache has told
 */
record Host(TaskCache cache, Duration longestWait, HostEvents told) {
  private static final Duration LEASE = Duration.ofMinutes(10);

  /** A host whose calls end in flight where others run the task for longer than it waits. */
  static Host on(
      CacheStore store, Clock clock, Duration wait, UnaryOperator<TaskCacheBuilder> settings) {
    HostEvents events = new HostEvents();
    TaskCacheBuilder builder =
        TaskCache.builder(store)
            .clock(clock)
            .leaseRenewedByCaller(LEASE)
            .longestWait(wait)
            .whenWaitEnds(WhenWaitEnds.RETURN_IN_FLIGHT)
            .listener(events);
    return new Host(settings.apply(builder).build(), wait, events);
  }
}
