package dev.taskcache.testing;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Found;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;

/** What was asked of one id, and what the store answered. No fence is zero. */
sealed interface KeyCall {

  /** A claim; fence is zero where it was refused. */
  record Claim(String owner, long rejected, long fence) implements KeyCall {}

  /** A renewal. */
  record Renew(String owner, long fence, boolean held) implements KeyCall {}

  /** A publish under a lease. */
  record Publish(String owner, long fence, String text, String answer) implements KeyCall {}

  /** A lease that is given back. */
  record Abandon(String owner, long fence, boolean held) implements KeyCall {}

  /** A look. */
  record Find(String answer) implements KeyCall {}

  /** An invalidation of the id alone. */
  record Invalidate(String by, long hit) implements KeyCall {}

  /** How an answer to a publish is told. */
  static String told(WriteOutcome.Published outcome) {
    if (outcome instanceof WriteOutcome.Stored stored) {
      return "stored " + told(stored.entry());
    } else if (outcome instanceof WriteOutcome.AlreadyStored stored) {
      return "already stored " + told(stored.entry());
    }
    return "superseded by " + ((WriteOutcome.Superseded) outcome).owner();
  }

  /** How a look is told. */
  static String told(Found<CacheEntry> found) {
    String entry = found.entry().map(KeyCall::told).orElse("nothing");
    String by = found.unusable() instanceof Unusable.Invalidated gone ? gone.by() : null;
    return entry
        + (" held by " + found.holder().map(Found.Holder::owner).orElse(null))
        + (" as " + found.holder().map(Found.Holder::fence).orElse(0L))
        + (" invalidated by " + by);
  }

  private static String told(CacheEntry entry) {
    return entry.fence() + " " + entry.outputs().get("text");
  }
}
