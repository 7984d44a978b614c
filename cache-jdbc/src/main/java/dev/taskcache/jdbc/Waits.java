package dev.taskcache.jdbc;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who waits in this process, and for what: whoever waits for the same lease shares the looks. */
final class Waits {
  private final Looks looks;
  private final Polling polling;
  private final @Nullable Listener listener;
  private final ConcurrentHashMap<Awaiting, Wait> waits = new ConcurrentHashMap<>();

  /** One lease that somebody waits for. */
  record Awaiting(EntryId id, long fence) {}

  /** How to look. */
  interface Looks {
    /** What is there now. */
    Seen look(Awaiting awaiting);

    /** The same, and asks whoever ends the lease to tell those who listen. */
    Seen mark(Awaiting awaiting);
  }

  /**
   * What stood there, and how long the lease lives by the database's clock; not positive if over.
   */
  record Seen(Found<CacheEntry> found, long microsLeft) {}

  Waits(Looks looks, Polling polling, @Nullable Listener listener) {
    this.looks = looks;
    this.polling = polling;
    this.listener = listener;
  }

  Found<CacheEntry> await(EntryId id, long fence, Duration timeout) throws InterruptedException {
    Awaiting awaiting = new Awaiting(id, fence);
    Wait wait =
        waits.compute(
            awaiting,
            (key, before) ->
                before == null ? new Wait(key, looks, polling, listener).join() : before.join());
    try {
      return wait.await(Deadline.in(timeout));
    } finally {
      waits.computeIfPresent(awaiting, (key, before) -> before.leave() ? null : before);
    }
  }
}
