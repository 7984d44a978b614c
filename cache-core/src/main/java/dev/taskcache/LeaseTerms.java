package dev.taskcache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a lease lives, and who renews it.
 *
 * @param given what the builder was told; null if nothing
 * @param renewedByCaller whether the caller renews it, or it outlives every task
 * @param scheduled whether there is a scheduler
 */
record LeaseTerms(@Nullable Duration given, boolean renewedByCaller, boolean scheduled) {
  private static final Duration RENEWED_LEASE = Duration.ofSeconds(30);
  private static final Duration UNRENEWED_LEASE = Duration.ofHours(1);

  Duration length() {
    if (given != null) {
      return given;
    }
    return scheduled ? RENEWED_LEASE : UNRENEWED_LEASE;
  }

  /** Refuses a lease that protects nothing, or that nobody could renew. */
  void check() {
    if (length().isNegative() || length().isZero()) {
      throw new IllegalStateException(
          "a lease of "
              + given
              + " protects nothing; give one longer than the pauses of its owner");
    } else if (given != null && !scheduled && !renewedByCaller) {
      throw new IllegalStateException(
          "nobody could renew a lease of "
              + given
              + "; give a scheduler, or say leaseRenewedByCaller");
    }
  }
}
