package dev.taskcache.event;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.store.EntryHeader;
import java.time.Duration;
import java.util.Locale;

/**
 * Turns events into counters, for whoever keeps them. The counters' names are stored: they are only
 * ever added to.
 */
class Counting implements CacheListener {
  /** What the counters of decisions begin with; a reason's name follows. */
  static final String DECIDED = "decided.";

  private static final String[] DECISIONS = new String[Reason.values().length];

  static {
    for (Reason reason : Reason.values()) {
      DECISIONS[reason.ordinal()] = DECIDED + reason.name();
    }
  }

  /** The counters beside those of decisions; times in nanoseconds. */
  enum Counter {
    LOOK_UPS,
    LOOKED_UP_NS,
    WAITS,
    WAITED_NS,
    SAVED_NS,
    SERVED_BYTES,
    RUNS,
    RAN_NS,
    FAILURES,
    WRITES,
    WRITING_NS,
    STORED,
    STORED_BYTES,
    RACES_LOST,
    NOT_REPRODUCIBLE,
    STORE_FAILURES;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The name under which it is kept. */
    String text() {
      return text;
    }
  }

  private final Sink sink;

  /** Keeps counters. */
  @FunctionalInterface
  interface Sink {
    void count(String namespace, String component, String counter, long amount);
  }

  Counting(Sink sink) {
    this.sink = sink;
  }

  private void count(Subject subject, Counter counter, long amount) {
    if (amount != 0) {
      sink.count(subject.namespace(), subject.component(), counter.text(), amount);
    }
  }

  private void count(Subject subject, Counter many, Counter nanos, Duration time) {
    if (!time.isZero()) {
      count(subject, many, 1);
      count(subject, nanos, time.toNanos());
    }
  }

  @Override
  public void onDecision(DecisionEvent event) {
    Subject subject = event.subject();
    String decided = DECISIONS[event.reason().ordinal()];
    sink.count(subject.namespace(), subject.component(), decided, 1);
    count(subject, Counter.LOOK_UPS, Counter.LOOKED_UP_NS, event.took());
    count(subject, Counter.WAITS, Counter.WAITED_NS, event.waited());
    EntryHeader entry = event.entry();
    if (entry != null) {
      count(subject, Counter.SAVED_NS, entry.duration().toNanos());
      count(subject, Counter.SERVED_BYTES, entry.bytes());
    }
  }

  @Override
  public void onRun(RunEvent event) {
    Subject subject = event.subject();
    count(subject, Counter.RUNS, 1);
    count(subject, Counter.RAN_NS, event.duration().toNanos());
    count(subject, Counter.FAILURES, event.failure() == null ? 0 : 1);
    count(subject, Counter.WRITES, Counter.WRITING_NS, event.writing());
  }

  @Override
  public void onPublished(PublishedEvent event) {
    count(event.subject(), Counter.STORED, 1);
    count(event.subject(), Counter.STORED_BYTES, event.entry().bytes());
  }

  @Override
  public void onRaceLost(RaceLostEvent event) {
    count(event.subject(), Counter.RACES_LOST, 1);
  }

  @Override
  public void onNotReproducible(IrreproducibleEvent event) {
    count(event.subject(), Counter.NOT_REPRODUCIBLE, 1);
  }

  @Override
  public void onStoreFailed(StoreFailedEvent event) {
    count(event.subject(), Counter.STORE_FAILURES, 1);
  }
}
