package dev.taskcache.event;

import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.policy.Setting;
import dev.taskcache.store.EntryHeader;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A decision was made.
 *
 * @param subject what it is about
 * @param reason why, as the decision found it; its kind is the kind of decision
 * @param setting the option that decided, and on which level it was set
 * @param entry what is known of the entry; null unless it is a hit on one
 * @param took how long it took to decide, without waiting for others
 * @param waited how long others' runs were waited for, in this JVM or elsewhere
 * @param explaining gives the explanation; see {@link #explanation}
 */
public record DecisionEvent(
    Subject subject,
    Reason reason,
    Setting setting,
    @Nullable EntryHeader entry,
    Duration took,
    Duration waited,
    Supplier<Explanation> explaining) {

  /**
   * How long the recorded run took, which did not have to be repeated.
   *
   * @return null unless it is a hit on an entry
   */
  public @Nullable Duration saved() {
    return entry == null ? null : entry.duration();
  }

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
