package dev.taskcache.policy;

import dev.taskcache.explain.Reason;

/**
 * The finding that a task must not be cached: neither read nor written nor claimed.
 *
 * @param reason why; of kind {@link Reason.Kind#BYPASS}
 * @param message who decided and where, for instance the line of a file, or what failed
 */
public record NotCached(Reason reason, String message) {
  /** Refuses a reason of another kind. */
  public NotCached {
    if (reason.kind() != Reason.Kind.BYPASS) {
      throw new IllegalArgumentException(
          reason + " is no reason to leave the cache out; use one of kind BYPASS");
    }
  }
}
