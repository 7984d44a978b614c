package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageRef;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What options do to decisions. */
class OptionsTest {
  private final SettableClock clock = new SettableClock();
  private final FailingStore store = new FailingStore(new InMemoryStore(clock));
  private final TaskCache cache = TaskCache.builder(store).clock(clock).build();
  private int runs;

  private static CachingOptions mode(Mode mode) {
    return CachingOptions.builder().mode(mode).build();
  }

  private static CachingOptions oldest(Duration age) {
    return CachingOptions.builder().maxAge(age).build();
  }

  private static TaskRequest.Builder train() {
    return Requests.train().outputs(Requests.schema("auc", "int"));
  }

  private Outcome<Outputs> run(TaskRequest.Builder request) throws InterruptedException {
    return run(cache, request);
  }

  private Outcome<Outputs> run(TaskCache by, TaskRequest.Builder request)
      throws InterruptedException {
    return by.getOrRun(request.build(), () -> Outputs.of(Map.of("auc", ++runs)));
  }

  @ParameterizedTest
  @EnumSource
  void offAtAnyLevelNeitherReadsNorWritesNorClaims(Level level) throws Exception {
    run(train());
    store.calls.clear();

    Outcome<Outputs> outcome = run(train().options(level, "the test", mode(Mode.OFF)));

    assertThat(outcome.decision().reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(outcome.decision().message()).isEqualTo("mode = OFF (" + level + ", the test)");
    assertThat(runs).isEqualTo(2);
    assertThat(store.calls).isEmpty();
  }

  @Test
  void anAdministratorSwitchesANamespaceOffWhateverARunWants() throws Exception {
    Limits off = new Limits(Mode.OFF, null, Verification.NONE, "policy 7");
    TaskCache limited =
        TaskCache.builder(store).administrator("closed", CachingOptions.NONE, off).build();
    CachingOptions wanted = mode(Mode.READ_WRITE);

    Outcome<Outputs> closed =
        run(limited, train().namespace("closed").options(Level.RUN, "--cache", wanted));
    assertThat(closed.decision().message()).isEqualTo("mode = OFF (ADMINISTRATOR, policy 7)");
    assertThat(store.calls).isEmpty();
    assertThat(run(limited, train().namespace("open")).write())
        .isInstanceOf(WriteOutcome.Stored.class);
  }

  @Test
  void readOnlyReusesAndNeitherClaimsNorStores() throws Exception {
    Outcome<Outputs> miss = run(train().options(mode(Mode.READ_ONLY)));
    assertThat(miss.decision().reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(((CacheDecision.Miss) miss.decision()).token()).isEmpty();
    assertThat(((WriteOutcome.NotAttempted) miss.write()).message()).contains("READ_ONLY");
    assertThat(store.calls).containsOnlyKeys(FailingStore.Call.FIND);

    run(train());
    Outcome<Outputs> hit = run(train().options(mode(Mode.READ_ONLY)));
    assertThat(hit.decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(hit.value()).isEqualTo(Outputs.of(Map.of("auc", 2)));
  }

  @Test
  void refreshRunsAndReplacesAndTheOldResultStaysReadableMeanwhile() throws Exception {
    run(train());
    TaskRequest.Builder refresh = train().options(mode(Mode.REFRESH));

    Outcome<Outputs> refreshed =
        cache.getOrRun(
            refresh.build(),
            () -> {
              TaskCache other = TaskCache.builder(store).clock(clock).build();
              assertThat(run(other, train()).value()).isEqualTo(Outputs.of(Map.of("auc", 1)));
              return Outputs.of(Map.of("auc", 99));
            });

    assertThat(refreshed.decision().reason()).isEqualTo(Reason.REFRESH_REQUESTED);
    assertThat(refreshed.write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(run(train()).value()).isEqualTo(Outputs.of(Map.of("auc", 99)));
  }

  @Test
  void anEntryTooOldForOneReaderStaysGoodForAnother() throws Exception {
    run(train());
    clock.advance(Duration.ofHours(2));
    CachingOptions hour = oldest(Duration.ofHours(1));

    assertThat(cache.plan(List.of(train().options(hour).build())).get(0).reason())
        .isEqualTo(Reason.ENTRY_TOO_OLD);
    assertThat(run(train().options(oldest(Duration.ofHours(2)))).decision().reason())
        .as("exactly as old as is accepted")
        .isEqualTo(Reason.ENTRY_FOUND);
    Outcome<Outputs> refreshed = run(train().options(hour));
    assertThat(refreshed.decision().reason()).isEqualTo(Reason.ENTRY_TOO_OLD);
    assertThat(refreshed.decision().message()).contains("PT2H old").contains("maxAge = PT1H");
    assertThat(run(train().options(hour)).value()).isEqualTo(Outputs.of(Map.of("auc", 2)));
  }

  @ParameterizedTest
  @EnumSource(names = {"PIPELINE", "TASK", "RUN"})
  void staleAtAnyLevelIsRefreshedInPlace(Level level) throws Exception {
    run(train());
    clock.advance(Duration.ofHours(2));
    TaskRequest.Builder young = train().options(level, "the test", oldest(Duration.ofHours(1)));

    Outcome<Outputs> refreshed =
        cache.getOrRun(
            young.build(),
            () -> {
              assertThat(cache.peek(train().build()).reason())
                  .as("who accepts it meanwhile")
                  .isEqualTo(Reason.ENTRY_FOUND);
              return Outputs.of(Map.of("auc", 99));
            });

    assertThat(refreshed.decision().reason()).isEqualTo(Reason.ENTRY_TOO_OLD);
    assertThat(refreshed.decision().message()).contains("maxAge = PT1H (" + level);
    assertThat(run(train()).value()).isEqualTo(Outputs.of(Map.of("auc", 99)));
  }

  @Test
  void anAgeForANamespaceIsADefaultAndALimitOfOneStandsAboveTheTask() throws Exception {
    Limits week = new Limits(Mode.READ_WRITE, Duration.ofDays(7), Verification.NONE, "policy 7");
    TaskCache strict =
        TaskCache.builder(store)
            .clock(clock)
            .administrator("fresh", oldest(Duration.ofHours(1)), week)
            .build();
    TaskRequest.Builder fresh = train().namespace("fresh");
    run(strict, fresh);
    clock.advance(Duration.ofHours(2));
    assertThat(strict.peek(fresh.build()).message()).contains("maxAge = PT1H (ADMINISTRATOR");

    fresh.options(oldest(Duration.ofDays(30)));
    assertThat(strict.peek(fresh.build()).reason()).isEqualTo(Reason.ENTRY_FOUND);
    clock.advance(Duration.ofDays(8));
    assertThat(strict.peek(fresh.build()).message())
        .contains("maxAge = PT168H (ADMINISTRATOR, policy 7)");
  }

  @Test
  void offAsksTheStoreForNothingInAnyForm() {
    TaskRequest off = train().options(mode(Mode.OFF)).build();

    assertThat(cache.decide(off).reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(cache.peek(off).reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(cache.plan(List.of(off, off)))
        .extracting(CacheDecision::reason)
        .containsOnly(Reason.CACHING_OFF);
    assertThat(cache.explanations().explain(off).reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(store.calls).isEmpty();
  }

  @Test
  void anAgeOfZeroNeverReusesButStillWrites() throws Exception {
    TaskRequest.Builder never = train().options(oldest(Duration.ZERO));
    assertThat(run(never).write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(run(never).write()).isInstanceOf(WriteOutcome.Stored.class);

    assertThat(run(train()).value()).isEqualTo(Outputs.of(Map.of("auc", 2)));
  }

  @Test
  void sideEffectsAreOffAndWhatIsNotReproducibleIsNotReusedUnlessAsked() throws Exception {
    assertThat(run(train().sideEffects()).decision().message())
        .isEqualTo("mode = OFF (LIBRARY, the task has side effects)");
    assertThat(run(train().sideEffects().options(mode(Mode.READ_WRITE))).write())
        .isInstanceOf(WriteOutcome.Stored.class);

    assertThat(run(train().notReproducible()).decision().reason()).isEqualTo(Reason.ENTRY_TOO_OLD);
    assertThat(run(train().notReproducible().options(oldest(Duration.ofDays(1)))).decision())
        .isInstanceOf(CacheDecision.Hit.class);
  }

  @Test
  void aCallerThatDoesNotWaitRunsTheTaskToo() throws Exception {
    cache.decide(train().build());
    CachingOptions impatient = CachingOptions.builder().waitForRunning(false).build();

    Outcome<Outputs> outcome = run(train().options(impatient));

    assertThat(outcome.decision().reason()).isEqualTo(Reason.WAIT_TIMED_OUT);
    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Superseded.class);
  }

  @Test
  void whetherAFailingStoreFailsTheCallerIsAnOption() throws Exception {
    store.failing.add(FailingStore.Call.FIND);
    assertThat(run(train()).decision().reason()).isEqualTo(Reason.STORE_FAILED);

    CachingOptions strict = CachingOptions.builder().failOnStoreFailure(true).build();
    assertThatThrownBy(() -> run(train().options(strict)))
        .isInstanceOfAny(StoreException.class, IllegalStateException.class);
  }

  @Test
  void versionPolicyAndIgnoredInputsOfAPipelineCountUnlessTheTaskSaysOtherwise() {
    CachingOptions pipeline =
        CachingOptions.builder().version("9").ignoredInputs(List.of("run_id")).build();
    TaskRequest.Builder plain =
        TaskRequest.builder(ComponentSpec.named("t")).input("run_id", 1).input("x", 2);

    TaskRequest fromPipeline = plain.options(Level.PIPELINE, "pipeline.yaml:3", pipeline).build();
    assertThat(fromPipeline.options().version()).isEqualTo("9");
    assertThat(fromPipeline.options().ignoredInputs()).containsExactly("run_id");
    assertThat(plain.version("2").build().options().version()).isEqualTo("2");
    CachingOptions run = CachingOptions.builder().version("3").build();
    assertThat(plain.options(Level.RUN, "--set", run).build().options().version()).isEqualTo("3");
  }

  @Test
  void inputsAloneLeaveCommandAndImageOut() throws Exception {
    CachingOptions inputs = CachingOptions.builder().policy(CachePolicy.INPUTS).build();
    for (String image : List.of("ab", "cd")) {
      ComponentSpec component =
          ComponentSpec.builder()
              .name("train")
              .command(List.of("run", image))
              .image(ImageRef.parse("python@sha256:" + image.repeat(32)))
              .build();
      run(
          TaskRequest.builder(component)
              .options(inputs)
              .outputs(Requests.schema("auc", "int"))
              .input("x", 1));
    }

    assertThat(runs).isEqualTo(1);
  }

  @Test
  void aPolicyThatNeedsAnImageOrFailsMakesTheTaskNotCached() throws Exception {
    CachingOptions image = CachingOptions.builder().policy(CachePolicy.imageDigest()).build();
    CacheDecision without = run(train().options(image)).decision();
    assertThat(without.reason()).isEqualTo(Reason.KEY_FAILED);
    assertThat(without.message()).contains("train has no image");

    CachePolicy failing =
        CachePolicy.of(
            "git",
            () -> {
              throw new IllegalStateException("no repository");
            });
    CacheDecision failed =
        run(train().options(CachingOptions.builder().policy(failing).build())).decision();
    assertThat(failed.reason()).isEqualTo(Reason.KEY_FAILED);
    assertThat(failed.message()).contains("git").contains("no repository");
    assertThat(store.calls).isEmpty();
  }
}
