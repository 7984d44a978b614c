package dev.taskcache.event;

import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A decision was made.
 *
 * @param subject what it is about
 * @param reason why, as the decision found it; its kind is the kind of decision
 * @param saved how long the recorded run took; null unless it is a hit on an entry
 * @param explaining gives the explanation; see {@link #explanation}
 */
public record DecisionEvent(
    Subject subject, Reason reason, @Nullable Duration saved, Supplier<Explanation> explaining) {

  /**
   * Why, in full: for a miss what differs from the nearest earlier result. The first call for a
   * miss asks the store, once.
   *
   * @return the explanation
   */
  public Explanation explanation() {
    return explaining.get();
  }
}
