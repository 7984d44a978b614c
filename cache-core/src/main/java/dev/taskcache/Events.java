package dev.taskcache;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.EntryHeader;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells log and listeners of decisions: hits at DEBUG, everything else at INFO. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCache.class);

  private final CacheListener listener;
  private final Clock clock;

  Events(CacheListener listener, Clock clock) {
    this.listener = listener;
    this.clock = clock;
  }

  void decided(CacheDecision decision) {
    // The log turns a decision into text, and so asks for its explanation, only where it is
    // written.
    if (decision.reason().kind() == Reason.Kind.HIT) {
      LOG.debug("{}", decision);
    } else {
      LOG.info("{}", decision);
    }
    listener.onDecision(
        new DecisionEvent(
            decision.subject(), decision.reason(), saved(decision), () -> explain(decision)));
  }

  private Explanation explain(CacheDecision decision) {
    return decision instanceof CacheDecision.Miss miss
        ? miss.explanation()
        : Explanation.of(decision.reason(), clock.instant(), decision.message());
  }

  private static @Nullable Duration saved(CacheDecision decision) {
    EntryHeader header = decision instanceof CacheDecision.Hit hit ? hit.storedHeader() : null;
    return header == null ? null : header.duration();
  }
}
