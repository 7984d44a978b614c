package dev.taskcache.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taskcache.store.InMemoryStore;
import dev.taskcache.testing.FaultyStore;
import dev.taskcache.testing.SettableClock;
import dev.taskcache.version.Information.Origin;
import dev.taskcache.version.VersionUnavailableException.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What runs get while versions come, fail to compile, and go. */
class CompiledPipelinesTest {
  private final SettableClock time = new SettableClock(PublishedVersions.START);
  private final FaultyStore store = new FaultyStore(new InMemoryStore(time), time, 1);
  private final PublishedVersions source = new PublishedVersions();
  private final TestProcess process = new TestProcess(source, store, time);

  @AfterEach
  void end() {
    source.slow.countDown();
    process.compiler.slow.countDown();
    process.close();
  }

  private ReadyVersion ready() throws Exception {
    return process.pipelines.ready("p", VersionSelection.latest());
  }

  private ReadyVersion prepare() throws Exception {
    return process.pipelines.prepare("p", VersionSelection.latest());
  }

  private void intervalPasses() {
    time.advance(TestProcess.INTERVAL);
  }

  /** What was begun on the executor is over. */
  private static void drain(TestProcess of) throws InterruptedException {
    of.executor.shutdown();
    assertThat(of.executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void theFirstVersionIsCompiledAndWaitedFor() throws Exception {
    source.publish("p", "v1", "param a STRING");

    ReadyVersion ready = ready();

    assertThat(new String(ready.compiled(), UTF_8)).isEqualTo("PARAM A STRING{}");
    assertThat(ready.reason()).isEqualTo(VersionReason.NEWEST);
    assertThat(ready)
        .hasToString(
            "p (latest): version v1, because it is the newest version that is ready; from the"
                + " source, 0 s old.");
  }

  @Test
  void insideTheIntervalARunCostsNoRequestAndNoQuery() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    drain(process);
    int requests = source.lists.get() + source.loads.get() + source.singles.get();
    int finds = store.count(FaultyStore.Call.FIND);
    int claims = store.count(FaultyStore.Call.CLAIM);

    for (int i = 0; i < 1000; i++) {
      assertThat(process.ready()).isEqualTo("v1");
    }

    assertThat(source.lists.get() + source.loads.get() + source.singles.get()).isEqualTo(requests);
    assertThat(store.count(FaultyStore.Call.FIND)).isEqualTo(finds);
    assertThat(store.count(FaultyStore.Call.CLAIM)).isEqualTo(claims);
  }

  @Test
  void insideTheIntervalAnotherProcessNeedsOneLookAtTheStore() throws Exception {
    source.publish("p", "v1", "param a STRING");
    ready();
    drain(process);
    time.advance(Duration.ofSeconds(59));
    int requests = source.lists.get() + source.loads.get();
    int finds = store.count(FaultyStore.Call.FIND);

    try (TestProcess other = new TestProcess(source, store, time)) {
      ReadyVersion ready = other.pipelines.ready("p", VersionSelection.latest());

      assertThat(new String(ready.compiled(), UTF_8)).isEqualTo("PARAM A STRING{}");
      assertThat(ready.information())
          .isEqualTo(new Information(Origin.SHARED, Duration.ofSeconds(59), null));
      assertThat(store.count(FaultyStore.Call.FIND)).isEqualTo(finds + 1);
      assertThat(source.lists.get() + source.loads.get()).isEqualTo(requests);
      assertThat(other.compiler.compiled).hasValue(0);
    }
  }

  @Test
  void aNewVersionIsCompiledByItselfAndRunsGetTheLastGoodOneUntilThen() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    source.publish("p", "v2", "x y z2");
    process.compiler.slow = new CountDownLatch(1);
    intervalPasses();

    ReadyVersion meanwhile = ready();

    assertThat(meanwhile.version().id()).isEqualTo("v1");
    assertThat(meanwhile.reason()).isEqualTo(VersionReason.KEPT_WHILE_COMPILING);
    assertThat(meanwhile.awaited()).hasValue("version v2");
    process.compiler.slow.countDown();
    assertThat(prepare().version().id()).isEqualTo("v2");
    assertThat(process.ready()).isEqualTo("v2");
    assertThat(process.compiler.compiled).hasValue(2);
    assertThat(process.told(TestProcess.Compiled.class))
        .extracting(told -> told.version().id())
        .containsExactly("v1", "v2");
  }

  @Test
  void aVersionThatCannotBeCompiledFailsNoRunAndIsToldOnce() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    source.publish("p", "v2", "broken y z");
    intervalPasses();
    prepare();

    for (int i = 0; i < 3; i++) {
      ReadyVersion ready = ready();
      assertThat(ready.version().id()).isEqualTo("v1");
      assertThat(ready.reason()).isEqualTo(VersionReason.KEPT_AFTER_FAILURE);
      assertThat(ready.awaited()).hasValue("version v2: line 1: \"broken\" cannot be compiled");
      intervalPasses();
    }

    assertThat(process.told(TestProcess.CompileFailed.class)).hasSize(1);
    assertThat(process.compiler.compiled).hasValue(2);
    source.publish("p", "v3", "x y z3");
    intervalPasses();
    assertThat(prepare().version().id()).isEqualTo("v3");
  }

  @Test
  void aCompilationThatHangsDelaysNoRunAndIsInterrupted() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    CompiledPipelines hasty =
        CompiledPipelines.builder(process.resolver, process.compiler)
            .timeout(TestProcess.BRIEF)
            .build();
    hasty.ready("p", VersionSelection.latest());
    source.publish("p", "v2", "x y z2");
    process.compiler.slow = new CountDownLatch(1);
    intervalPasses();

    ReadyVersion ready = hasty.prepare("p", VersionSelection.latest());

    assertThat(ready.version().id()).isEqualTo("v1");
    assertThat(ready.reason()).isEqualTo(VersionReason.KEPT_AFTER_FAILURE);
    assertThat(ready.awaited()).hasValue("version v2: it was not compiled in time");
    drain(process); // Only an interrupted compiler ends.
  }

  @Test
  void aFirstVersionThatCannotBeCompiledIsAClearError() {
    source.publish("p", "v1", "broken y z");

    VersionUnavailableException failure =
        catchThrowableOfType(VersionUnavailableException.class, this::ready);

    assertThat(failure.kind()).isEqualTo(Kind.NOT_COMPILED);
    assertThat(failure)
        .hasMessageContainingAll("version v1", "\"broken\" cannot be compiled", "no earlier");
  }

  @Test
  void aFailureOfTheSourceIsNoFailureOfAVersionAndTriedAgain() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    source.publish("p", "v2", "x y z2");
    intervalPasses();
    process.latest();
    source.down = true;
    assertThat(prepare().reason()).isEqualTo(VersionReason.KEPT_AFTER_FAILURE);
    source.down = false;
    intervalPasses();

    assertThat(prepare().version().id()).isEqualTo("v2");
  }

  @Test
  void aContentOtherThanWasListedIsNotRun() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    source.publishAnotherContentThanListed("p", "v2");
    intervalPasses();

    assertThat(prepare().awaited().orElseThrow())
        .contains("was listed as sha256:", "publish what changed as a new version");
  }

  @Test
  void aVersionIsCompiledOnceInAllProcesses() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    intervalPasses();

    try (TestProcess other = new TestProcess(source, store, time)) {
      assertThat(other.pipelines.compile(source.versions("p").get(0)))
          .isEqualTo(ready().compiled());
      assertThat(other.compiler.compiled).hasValue(0);
    }
  }

  @Test
  void anotherCompilerAndOtherOptionsCompileAgain() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    UpperCaseCompiler newer = new UpperCaseCompiler("2");
    CompiledPipelines.builder(process.resolver, newer)
        .build()
        .ready("p", VersionSelection.latest());
    ReadyVersion optimized =
        CompiledPipelines.builder(process.resolver, process.compiler)
            .options(Map.of("level", 3))
            .build()
            .ready("p", VersionSelection.latest());

    assertThat(newer.compiled).hasValue(1);
    assertThat(process.compiler.compiled).hasValue(2);
    assertThat(new String(optimized.compiled(), UTF_8)).isEqualTo("X Y Z{level=3}");
  }

  @Test
  void withTheSourceDownAnotherProcessRunsTheLastGoodVersion() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    drain(process);
    source.down = true;
    time.advance(Duration.ofHours(5));

    try (TestProcess other = new TestProcess(source, store, time)) {
      ReadyVersion ready = other.pipelines.ready("p", VersionSelection.latest());

      assertThat(ready.version().id()).isEqualTo("v1");
      assertThat(ready.information().stale()).isTrue();
      assertThat(ready.information().age()).isEqualTo(Duration.ofHours(5));
    }
  }

  @Test
  void withTheStoreDownVersionsAreCompiledAndRunAllTheSame() throws Exception {
    source.publish("p", "v1", "x y z");
    store.on(FaultyStore.Call.values()).fail();

    assertThat(process.ready()).isEqualTo("v1");
    assertThat(process.ready()).isEqualTo("v1");
    assertThat(process.compiler.compiled).hasValue(1);
  }

  @Test
  void refreshReachesRunsInsideTheInterval() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    source.publish("p", "v2", "x y z2");

    process.resolver.refresh("p");

    assertThat(prepare().version().id()).isEqualTo("v2");
  }

  @Test
  void publishedReachesRunsInsideTheInterval() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    drain(process);
    source.publish("p", "v2", "x y z2");
    try (TestProcess other = new TestProcess(source, store, time)) {
      assertThat(other.ready()).isEqualTo("v1");
      other.resolver.published("p", "v2");

      assertThat(other.pipelines.prepare("p", VersionSelection.latest()).version().id())
          .isEqualTo("v2");
    }
  }

  @Test
  void versionsThatAreFasterThanSlotsDoNotKeepSlotsOnTheFirst() throws Exception {
    source.publish("p", "v1", "x y z1");
    ready();
    for (int version = 2; version <= 4; version++) {
      source.publish("p", "v" + version, "x y z" + version);
      process.compiler.slow = new CountDownLatch(1);
      intervalPasses();
      assertThat(process.ready()).isEqualTo("v" + (version - 1));
      process.compiler.slow.countDown(); // It is compiled before there is a newer one.
      process.awaitIdle();
    }
  }

  @Test
  void aProcessThatStartsAnewTellsOfAChangeSinceTheLastOne() throws Exception {
    source.publish("p", "v1", "x y z");
    ready();
    drain(process);
    source.publish("p", "v2", "x y z2");
    intervalPasses();

    try (TestProcess other = new TestProcess(source, store, time)) {
      other.pipelines.prepare("p", VersionSelection.latest());

      assertThat(other.told(VersionChange.class))
          .extracting(change -> change.from().id() + change.to().id())
          .containsExactly("v1v2");
    }
  }
}
