package dev.taskcache;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.CacheEntry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells log and listeners of decisions: hits at DEBUG, everything else at INFO. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCache.class);

  private final CacheListener listener;

  Events(CacheListener listener) {
    this.listener = listener;
  }

  void decided(CacheDecision decision) {
    if (decision.reason().kind() == Reason.Kind.HIT) {
      LOG.debug("{}", decision);
    } else {
      LOG.info("{}", decision);
    }
    listener.onDecision(
        new DecisionEvent(
            decision.subject(), decision.reason(), decision.message(), saved(decision)));
  }

  private static @Nullable Duration saved(CacheDecision decision) {
    CacheEntry entry = decision instanceof CacheDecision.Hit hit ? hit.storedEntry() : null;
    return entry == null ? null : entry.result().duration();
  }
}
