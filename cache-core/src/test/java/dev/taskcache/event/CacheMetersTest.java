package dev.taskcache.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.Overruled;
import dev.taskcache.policy.Setting;
import dev.taskcache.store.WriteOutcome;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Events as meters. */
class CacheMetersTest {
  private static final Setting MODE = new Setting("mode", "READ_WRITE", Level.LIBRARY, "default");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private static Subject subject(String component) {
    return new Subject("team", component, TaskIdentity.UNKNOWN, null);
  }

  private static DecisionEvent decision(String component, Reason reason) {
    return new DecisionEvent(
        subject(component),
        reason,
        MODE,
        reason == Reason.ENTRY_FOUND ? Headers.entry(Duration.ofSeconds(90), 7) : null,
        Duration.ofMillis(2),
        Duration.ofMillis(3),
        () -> {
          throw new AssertionError("an explanation costs a look-up");
        });
  }

  private static void tellAll(CacheListener listener) {
    Subject subject = subject("train");
    listener.onDecision(decision("train", Reason.ENTRY_FOUND));
    listener.onDecision(decision("train", Reason.NO_ENTRY));
    listener.onOptionsConflict(new OptionsConflictEvent(subject, new Overruled(MODE, MODE)));
    listener.onLeaseAcquired(subject);
    listener.onLeaseLost(subject);
    listener.onWaited(new WaitEvent(subject, Duration.ofMillis(3)));
    listener.onVerificationFailed(
        new VerificationEvent(subject, new ArtifactVerifier.Fault(Reason.OUTPUT_MISSING, "m")));
    listener.onRun(
        new RunEvent(
            subject,
            Duration.ofSeconds(2),
            new WriteOutcome.StoreFailed("down"),
            Duration.ofMillis(1),
            null));
    listener.onPublished(new PublishedEvent(subject, Headers.entry(Duration.ofSeconds(1), 64)));
    listener.onNotReproducible(
        new IrreproducibleEvent(subject, "a", "b", TaskIdentity.UNKNOWN, true));
    listener.onStoreFailed(
        new StoreFailedEvent(
            subject, StoreFailedEvent.Step.DECIDE, new IllegalStateException("down")));
    listener.onBreakerOpened(new BreakerEvent(Duration.ofSeconds(5), "down"));
  }

  @Test
  void figuresAreThoseOfTheEvents() {
    CacheMeters meters = CacheMeters.of(registry);
    tellAll(meters);

    assertThat(
            registry
                .get("taskcache.decisions")
                .tags("decision", "hit", "reason", "ENTRY_FOUND")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("taskcache.saved.seconds").counter().count()).isEqualTo(90);
    assertThat(registry.get("taskcache.served.bytes").counter().count()).isEqualTo(7);
    assertThat(registry.get("taskcache.lookup").tag("decision", "miss").timer().count())
        .isEqualTo(1);
    assertThat(registry.get("taskcache.wait").timer().totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(6);
    assertThat(
            registry
                .get("taskcache.run")
                .tag("outcome", "store_failed")
                .timer()
                .totalTime(TimeUnit.SECONDS))
        .isEqualTo(2);
    assertThat(registry.get("taskcache.stored.bytes").summary().totalAmount()).isEqualTo(64);
    assertThat(registry.get("taskcache.breaker.open").gauge().value()).isEqualTo(1);
    meters.onBreakerClosed();
    assertThat(registry.get("taskcache.breaker.open").gauge().value()).isZero();
  }

  @Test
  void noTagHasUnboundedValues() {
    CacheMeters meters = CacheMeters.of(registry);
    tellAll(meters);
    int before = registry.getMeters().size();
    for (int i = 0; i < 1_000; i++) {
      meters.onDecision(decision("component-" + i, Reason.NO_ENTRY));
    }
    assertThat(registry.getMeters()).hasSize(before);
  }

  @Test
  void moreComponentsThanAreToldApartAreOneTogether() {
    CacheMeters meters = CacheMeters.tagging(registry, 3);
    for (int i = 0; i < 10; i++) {
      meters.onDecision(decision("component-" + i, Reason.NO_ENTRY));
    }
    meters.onDecision(decision("component-0", Reason.NO_ENTRY));

    assertThat(registry.get("taskcache.decisions").counters())
        .extracting(counter -> counter.getId().getTag("component") + " " + counter.count())
        .containsExactlyInAnyOrder(
            "component-0 2.0", "component-1 1.0", "component-2 1.0", "(others) 7.0");
  }

  @Test
  void thePageListsTheMetersAndTheirTags() throws IOException {
    tellAll(CacheMeters.of(registry));
    Set<String> meters = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      meters.add(meter.getId().getName());
    }

    String page = Files.readString(Path.of("../docs/operations.md"));

    String section = page.substring(page.indexOf("\n## Meters"), page.indexOf("\n## The log"));
    assertThat(section.lines().filter(line -> line.startsWith("| `taskcache.")))
        .extracting(line -> line.split("`", -1)[1])
        .containsExactlyInAnyOrderElementsOf(meters);
  }
}
