package dev.taskcache.event;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.WriteOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cache's events as meters of Micrometer, whose {@code micrometer-core} has to be among the
 * host's jars. docs/operations.md lists the meters; all their tags have few values, but where
 * {@link #tagging} names components and namespaces. Thread-safe.
 */
public final class CacheMeters implements CacheListener {
  private final MeterRegistry registry;
  private final Tagging tagging;
  private final AtomicInteger open = new AtomicInteger();
  private final Map<Reason, Tags> reasons = new EnumMap<>(Reason.class);

  private CacheMeters(MeterRegistry registry, Tagging tagging) {
    this.registry = registry;
    this.tagging = tagging;
    for (Reason reason : Reason.values()) {
      reasons.put(reason, Tags.of("decision", word(reason.kind()), "reason", reason.name()));
    }
    Gauge.builder("taskcache.breaker.open", open, AtomicInteger::get)
        .description("1 while the store is left alone because it failed too often")
        .register(registry);
  }

  /**
   * Meters without tags for components and namespaces.
   *
   * @param registry where they are registered, the caller's
   * @return a listener, for the cache's builder
   */
  public static CacheMeters of(MeterRegistry registry) {
    return tagging(registry, 0);
  }

  /**
   * Meters with the tags {@code namespace} and {@code component}.
   *
   * @param registry where they are registered, the caller's
   * @param most of how many components at most; all others are {@code (others)} together. Each
   *     makes some dozens of time series.
   * @return a listener, for the cache's builder
   */
  public static CacheMeters tagging(MeterRegistry registry, int most) {
    return new CacheMeters(registry, new Tagging(most));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private void count(String name, Subject subject, Tag... tags) {
    registry.counter(name, tagging.of(subject).and(tags)).increment();
  }

  private void time(String name, Duration time, Tags tags) {
    registry.timer(name, tags).record(time);
  }

  @Override
  public void onDecision(DecisionEvent event) {
    Tags about = tagging.of(event.subject());
    registry.counter("taskcache.decisions", about.and(reasons.get(event.reason()))).increment();
    String decision = word(event.reason().kind());
    if (!event.took().isZero()) {
      time("taskcache.lookup", event.took(), about.and("decision", decision));
    }
    if (!event.waited().isZero()) {
      time("taskcache.wait", event.waited(), about);
    }
    EntryHeader entry = event.entry();
    if (entry != null) {
      double seconds = entry.duration().toNanos() / 1e9;
      registry.counter("taskcache.saved.seconds", about).increment(seconds);
      registry.counter("taskcache.served.bytes", about).increment(entry.bytes());
    }
  }

  @Override
  public void onOptionsConflict(OptionsConflictEvent event) {
    count(
        "taskcache.options.conflicts",
        event.subject(),
        Tag.of("option", event.overruled().applied().field()));
  }

  @Override
  public void onLeaseAcquired(Subject subject) {
    count("taskcache.leases.acquired", subject);
  }

  @Override
  public void onLeaseLost(Subject subject) {
    count("taskcache.leases.lost", subject);
  }

  @Override
  public void onVerificationFailed(VerificationEvent event) {
    Tag reason = Tag.of("reason", event.fault().reason().name());
    count("taskcache.verification.failures", event.subject(), reason);
  }

  @Override
  public void onRun(RunEvent event) {
    Tags about = tagging.of(event.subject());
    String outcome = event.failure() == null ? outcome(event.write()) : "failed";
    time("taskcache.run", event.duration(), about.and("outcome", outcome));
    if (!event.writing().isZero()) {
      time("taskcache.write", event.writing(), about.and("outcome", outcome));
    }
  }

  /** What became of a result, in a word. */
  private static String outcome(WriteOutcome write) {
    if (write instanceof WriteOutcome.Stored) {
      return "stored";
    } else if (write instanceof WriteOutcome.AlreadyStored) {
      return "already_stored";
    } else if (write instanceof WriteOutcome.Superseded) {
      return "superseded";
    } else if (write instanceof WriteOutcome.Compared) {
      return "compared";
    } else if (write instanceof WriteOutcome.StoreFailed) {
      return "store_failed";
    } else if (write instanceof WriteOutcome.NotAttempted) {
      return "not_attempted";
    }
    return "refused";
  }

  @Override
  public void onPublished(PublishedEvent event) {
    registry
        .summary("taskcache.stored.bytes", tagging.of(event.subject()))
        .record(event.entry().bytes());
  }

  @Override
  public void onNotReproducible(IrreproducibleEvent event) {
    count("taskcache.not.reproducible", event.subject());
  }

  @Override
  public void onStoreFailed(StoreFailedEvent event) {
    count("taskcache.store.failures", event.subject(), Tag.of("step", word(event.step())));
  }

  @Override
  public void onBreakerOpened(BreakerEvent event) {
    open.set(1);
    registry.counter("taskcache.breaker.openings").increment();
  }

  @Override
  public void onBreakerClosed() {
    open.set(0);
  }
}
