package dev.taskcache.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskCache;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.FaultyStore;
import dev.taskcache.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Slots of schedules: each has one version and one id, and is started by one process. */
class RecurringRunsTest {
  private static final Instant SLOT = Instant.parse("2026-01-02T02:00:00Z");
  private static final Schedule NIGHTLY = Schedule.of("nightly", "p");

  private final SettableClock time = new SettableClock(PublishedVersions.START);
  private final FaultyStore store = new FaultyStore(new InMemoryStore(time), time, 1);
  private final PublishedVersions source = new PublishedVersions();
  private final TestProcess one = new TestProcess(source, store, time);
  private final TestProcess other = new TestProcess(source, store, time);
  private final List<String> started = new ArrayList<>();

  @AfterEach
  void end() {
    one.close();
    other.close();
  }

  private SlotOutcome run(TestProcess by, Instant slot) throws Exception {
    return by.runs.run(
        NIGHTLY,
        slot,
        (decision, compiled) -> started.add(decision.runId() + " " + new String(compiled, UTF_8)));
  }

  private List<SlotDecision> log(String schedule, int most) {
    return RecurringRuns.log(store, "default", schedule, most);
  }

  @Test
  void aSlotIsStartedOnceWhoeverComes() throws Exception {
    source.publish("p", "v1", "x y z");

    assertThat(run(one, SLOT)).isInstanceOf(SlotOutcome.Started.class);
    assertThat(run(other, SLOT)).isInstanceOf(SlotOutcome.AlreadyStarted.class);
    assertThat(run(one, SLOT)).isInstanceOf(SlotOutcome.AlreadyStarted.class);

    // The beginning of what sha256sum says of the three names with zero bytes between them.
    assertThat(started).containsExactly("run-nightly-20260102t020000z-6baf84a2517d X Y Z{}");
  }

  @Test
  void twoSlotsAndTwoSchedulesAreFourRuns() throws Exception {
    source.publish("p", "v1", "x y z");
    for (String name : List.of("nightly", "Nightly")) {
      for (Instant slot : List.of(SLOT, SLOT.plusSeconds(1))) {
        one.runs.run(
            Schedule.of(name, "p"), slot, (decision, compiled) -> started.add(decision.runId()));
      }
    }

    assertThat(started).doesNotHaveDuplicates().hasSize(4);
    assertThat(started).allMatch(id -> id.matches("[a-z0-9-]{1,63}"));
  }

  @Test
  void aSlotThatWasNotStartedIsFreeAtOnceWithTheSameIdAndVersion() throws Exception {
    source.publish("p", "v1", "x y z");
    assertThatThrownBy(
            () ->
                one.runs.run(
                    NIGHTLY,
                    SLOT,
                    (decision, compiled) -> {
                      started.add(decision.runId());
                      throw new IOException("the engine is full");
                    }))
        .isInstanceOf(IOException.class);
    source.publish("p", "v2", "x y z2");
    time.advance(TestProcess.INTERVAL);

    SlotOutcome second =
        other.runs.run(NIGHTLY, SLOT, (decision, compiled) -> started.add(decision.runId()));

    assertThat(second).isInstanceOf(SlotOutcome.Started.class);
    assertThat(second.decision().version().id()).isEqualTo("v1");
    assertThat(started).hasSize(2).containsOnly(started.get(0));
  }

  @Test
  void aSlotThatAnotherProcessHoldsSaysUntilWhen() throws Exception {
    source.publish("p", "v1", "x y z");
    List<SlotOutcome> inside = new ArrayList<>();

    one.runs.run(NIGHTLY, SLOT, (decision, compiled) -> inside.add(run(other, SLOT)));

    assertThat(inside)
        .singleElement()
        .isInstanceOfSatisfying(
            SlotOutcome.Held.class, held -> assertThat(held.until()).isAfter(time.instant()));
    assertThat(started).isEmpty();
  }

  @Test
  void noSlotRunsAnOlderVersionThanTheSlotBeforeWhicheverProcessRunsIt() throws Exception {
    source.publish("p", "v1", "x y z");
    run(one, SLOT); // One knows v1 for a minute.
    source.publish("p", "v2", "x y z2");
    time.advance(Duration.ofSeconds(1));
    other.resolver.refresh("p");
    other.pipelines.prepare("p", VersionSelection.latest());
    assertThat(run(other, SLOT.plusSeconds(1)).decision().version().id()).isEqualTo("v2");

    assertThat(run(one, SLOT.plusSeconds(2)).decision().version().id()).isEqualTo("v2");
  }

  @Test
  void aSlotRunsAVersionThatWasDeletedAfterItWasDecided() throws Exception {
    PipelineVersion version = source.publish("p", "v1", "x y z");
    one.runs.decide(NIGHTLY, SLOT);
    source.delete("v1");
    source.publish("p", "v2", "x y z2");
    time.advance(TestProcess.INTERVAL);

    assertThat(run(other, SLOT).decision().version()).isEqualTo(version);
    assertThat(started).singleElement().asString().endsWith("X Y Z{}");
  }

  @Test
  void aStoreThatFailsStartsNothingAndTheSlotIsNotLost() throws Exception {
    source.publish("p", "v1", "x y z");
    store.on(FaultyStore.Call.CLAIM).fail();

    assertThatThrownBy(() -> run(one, SLOT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "slot 2026-01-02T02:00:00Z of nightly is not started", "try again");
    assertThat(started).isEmpty();
    store.heal();
    run(one, SLOT);
    assertThat(started).hasSize(1);
  }

  @Test
  void theLogHasEveryDecisionWithItsReasonAndTheAgeOfItsInformation() throws Exception {
    source.publish("p", "v1", "x y z");
    run(one, SLOT);
    source.down = true;
    time.advance(Duration.ofHours(1));
    run(one, SLOT.plusSeconds(3600));

    assertThat(log("nightly", 10))
        .extracting(SlotDecision::toString)
        .satisfiesExactly(
            newest ->
                assertThat(newest)
                    .startsWith(
                        "nightly at 2026-01-02T03:00:00Z: version v1 of p (latest), because it is"
                            + " the newest version that is ready; last known, 3600 s old, as the"
                            + " source failed: connection refused [run-nightly-"),
            oldest ->
                assertThat(oldest)
                    .startsWith("nightly at 2026-01-02T02:00:00Z: version v1 of p (latest)")
                    .contains("from the source, 0 s old"));
    assertThat(log("nightly", 1)).hasSize(1);
    assertThat(log("weekly", 10)).isEmpty();
  }

  @Test
  void metersCountChangesRefusalsAndRunsByTheirInformation() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    source.publish("p", "1.0.0", "param a STRING");
    try (TestProcess metered =
        new TestProcess(
            source, store, time, time, with -> with.listener(VersionMeters.of(meters)))) {
      Schedule compatible = NIGHTLY.range("^1");
      metered.runs.decide(compatible, SLOT);
      source.publish("p", "1.1.0", "param a STRING\nparam b STRING");
      source.publish("p", "1.2.0", "param b STRING");
      time.advance(TestProcess.INTERVAL);
      metered.pipelines.prepare("p", compatible.selection());
      source.down = true;
      time.advance(TestProcess.INTERVAL);
      metered.runs.decide(compatible, SLOT.plusSeconds(1));
      metered.runs.decide(compatible, SLOT.plusSeconds(1));
    }

    assertThat(meters.counter("taskcache.versions.changes").count()).isEqualTo(1);
    assertThat(meters.counter("taskcache.versions.refusals", "kind", "incompatible").count())
        .isEqualTo(1);
    assertThat(meters.counter("taskcache.versions.compiled", "outcome", "compiled").count())
        .isEqualTo(2);
    String[] stale = {"information", "last_known", "reason", "HIGHEST_IN_RANGE"};
    assertThat(meters.counter("taskcache.versions.slots", stale).count()).isEqualTo(1);
  }

  @Test
  void anIdOfALongNameIsALabelStill() throws Exception {
    source.publish("p", "v1", "x y z");
    Schedule longest = Schedule.of("a".repeat(200) + "-ü", "p");

    assertThat(one.runs.decide(longest, SLOT).runId()).hasSize(63).matches("[a-z0-9-]+");
  }

  @Test
  void aNamespaceThatReadsAnotherOnesResultsStartsItsOwnRuns() throws Exception {
    source.publish("p", "v1", "x y z");
    run(one, SLOT);
    try (TaskCache reading =
        TaskCache.builder(store).clock(time).readThrough("prod", List.of("default")).build()) {
      VersionResolver resolver =
          VersionResolver.builder(source, new LineReader(), reading, one.executor)
              .namespace("prod")
              .build();
      RecurringRuns prod =
          RecurringRuns.of(CompiledPipelines.builder(resolver, one.compiler).build(), store);

      SlotOutcome outcome =
          prod.run(NIGHTLY, SLOT, (decision, compiled) -> started.add(decision.runId()));

      assertThat(outcome).isInstanceOf(SlotOutcome.Started.class);
      assertThat(started).hasSize(2).doesNotHaveDuplicates();
      assertThat(one.compiler.compiled).hasValue(1); // Compiled forms are read through.
    }
  }

  @Test
  void aSlotNeedsNeitherSourceNorStoredFormWhereTheVersionIsAtHand() throws Exception {
    source.publish("p", "v1", "x y z");
    one.ready();
    store.invalidate("default", new EntrySelector.Component("taskcache compile capitals"), "test");
    source.down = true;

    run(one, SLOT);

    assertThat(started).singleElement().asString().endsWith("X Y Z{}");
  }

  @Test
  void aStartThatCannotBeRecordedIsAStartAndTheSlotStaysTakenForALease() throws Exception {
    source.publish("p", "v1", "x y z");

    SlotOutcome outcome =
        one.runs.run(
            NIGHTLY, SLOT, (decision, compiled) -> store.on(FaultyStore.Call.PUBLISH).fail());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SlotOutcome.Started.class,
            started -> assertThat(started.recorded()).isInstanceOf(WriteOutcome.StoreFailed.class));
    store.heal();
    assertThat(run(other, SLOT)).isInstanceOf(SlotOutcome.Held.class);
  }

  @Test
  void aDecisionThatCannotBeRecordedStartsNothing() throws Exception {
    source.publish("p", "v1", "x y z");
    one.ready();
    one.awaitIdle();
    store.on(FaultyStore.Call.PUBLISH, FaultyStore.Call.PUBLISH_UNLEASED).fail();

    assertThatThrownBy(() -> run(one, SLOT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its version could not be recorded");
    assertThat(started).isEmpty();
  }

  @Test
  void whoeverWaitsForASlotLearnsThatItWasStarted() throws Exception {
    source.publish("p", "v1", "x y z");
    List<Future<SlotOutcome>> waiting = new ArrayList<>();
    CountDownLatch claimed = new CountDownLatch(1);

    one.runs.run(
        NIGHTLY,
        SLOT,
        (decision, compiled) ->
            waiting.add(
                other.executor.submit(
                    () -> {
                      claimed.countDown();
                      return other.runs.run(
                          NIGHTLY,
                          SLOT,
                          Duration.ofMinutes(1),
                          (again, form) -> started.add("twice"));
                    })));

    claimed.await();
    assertThat(waiting.get(0).get()).isInstanceOf(SlotOutcome.AlreadyStarted.class);
    assertThat(started).isEmpty();
  }
}
