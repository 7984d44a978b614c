package dev.taskcache;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.OptionsConflictEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.explain.Explanation;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Overruled;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.store.EntryHeader;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Tells log and listeners of decisions. Thread-safe. */
final class Events {
  private final CacheListener all;
  private final CacheListener hosts;
  private final Clock clock;
  private final DecisionLog log = new DecisionLog(LoggerFactory.getLogger(TaskCache.class));

  /**
   * Events for listeners.
   *
   * @param all those of the host, and the store's figures
   * @param hosts those of the host alone, for tasks that may only read
   */
  Events(CacheListener all, CacheListener hosts, Clock clock) {
    this.all = all;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** A decision was made, after as much waiting. Costs nothing where nobody wants to know. */
  void decided(CacheDecision decision, ResolvedOptions options, Waiting waiting) {
    CacheListener listener = listener(options);
    if (listener == CacheListener.NONE && !log.writes(decision.reason())) {
      return;
    }
    long waited = waiting.waited();
    for (int i = 0; i < options.overruled().size(); i++) {
      Overruled overruled = options.overruled().get(i);
      listener.onOptionsConflict(new OptionsConflictEvent(decision.subject(), overruled));
    }
    DecisionEvent event =
        new DecisionEvent(
            decision.subject(),
            decision.reason(),
            options.decidedBy(decision.reason()),
            entry(decision),
            Duration.ofNanos(waiting.decided()),
            Duration.ofNanos(waited),
            () -> explain(decision));
    log.decided(event);
    listener.onDecision(event);
  }

  /** A task was run, and nothing was to be stored. */
  void ran(ResolvedOptions options, RunEvent event) {
    listener(options).onRun(event);
  }

  private CacheListener listener(ResolvedOptions options) {
    return options.mode() == Mode.READ_ONLY ? hosts : all;
  }

  private Explanation explain(CacheDecision decision) {
    return decision instanceof CacheDecision.Miss miss
        ? miss.explanation()
        : Explanation.of(decision.reason(), clock.instant(), decision.message());
  }

  private static @Nullable EntryHeader entry(CacheDecision decision) {
    return decision instanceof CacheDecision.Hit hit ? hit.storedHeader() : null;
  }
}
