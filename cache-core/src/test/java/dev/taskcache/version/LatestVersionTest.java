package dev.taskcache.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taskcache.store.InMemoryStore;
import dev.taskcache.testing.SettableClock;
import dev.taskcache.version.Information.Origin;
import dev.taskcache.version.VersionUnavailableException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which version is the latest, when the source answers, and when it does not. */
class LatestVersionTest {
  private final SettableClock time = new SettableClock(PublishedVersions.START);
  private final InMemoryStore store = new InMemoryStore(time);
  private final PublishedVersions source = new PublishedVersions();
  private final TestProcess process = process(any -> any);

  private TestProcess process(UnaryOperator<VersionResolverBuilder> settings) {
    return new TestProcess(source, store, time, time, settings);
  }

  @AfterEach
  void end() {
    source.slow.countDown();
    process.close();
  }

  private Resolution latest() throws Exception {
    return process.resolver.resolve("p", VersionSelection.latest());
  }

  private VersionUnavailableException unavailable(TestProcess of) {
    return catchThrowableOfType(
        VersionUnavailableException.class,
        () -> of.resolver.resolve("p", VersionSelection.latest()));
  }

  private void intervalPasses() {
    time.advance(TestProcess.INTERVAL);
  }

  @Test
  void theNewestReadyVersionIsTheLatestAndNewerOnesSayWhyTheyAreNot() throws Exception {
    source.publish("p", "v1", "param a STRING");
    source.publish("p", "v2", "param a STRING");
    source.publish("p", "v3", PublishedVersions.START.plusSeconds(9), VersionState.FAILED, "x");

    Resolution resolution = latest();

    assertThat(resolution.version().id()).isEqualTo("v2");
    assertThat(resolution.refusals())
        .singleElement()
        .hasToString("v3 is NOT_READY: its state is FAILED");
    assertThat(resolution.toString())
        .isEqualTo(
            "p (latest): version v2 of 2026-01-01T00:00:01Z, because it is the newest version that is"
                + " ready; from the source, 0 s old. Not v3 is NOT_READY: its state is FAILED.");
  }

  @Test
  void ofTwoVersionsInOneSecondTheLargerIdIsTheLatest() throws Exception {
    Instant at = PublishedVersions.START;
    source.publish("p", "b", at, VersionState.READY, "x y z");
    source.publish("p", "c", at, VersionState.READY, "x y z");
    source.publish("p", "a", at, VersionState.READY, "x y z");

    assertThat(process.latest()).isEqualTo("c");
  }

  @Test
  void insideTheIntervalNobodyAsksAndAfterItOneRequestFindsTheNewVersion() throws Exception {
    source.publish("p", "v1", "x y z");
    for (int i = 0; i < 100; i++) {
      assertThat(process.latest()).isEqualTo("v1");
    }
    source.publish("p", "v2", "x y z");
    time.advance(TestProcess.INTERVAL.minusNanos(1));
    assertThat(process.latest()).isEqualTo("v1");
    assertThat(source.lists).hasValue(1);

    time.advance(Duration.ofNanos(1));

    assertThat(process.latest()).isEqualTo("v2");
    assertThat(source.lists).hasValue(2);
  }

  @Test
  void aSourceThatIsDownAtTheStartIsAClearErrorUntilItAnswers() throws Exception {
    source.down = true;

    VersionUnavailableException failure = unavailable(process);

    assertThat(failure.kind()).isEqualTo(Kind.SOURCE_FAILED);
    assertThat(failure)
        .hasMessageContainingAll("pipeline p", "connection refused", "no version was known before");
    source.down = false;
    source.publish("p", "v1", "x y z");
    assertThat(unavailable(process)).hasMessageContaining("connection refused"); // Left alone.
    time.advance(Duration.ofSeconds(10));
    assertThat(process.latest()).isEqualTo("v1");
  }

  @Test
  void aSourceThatGoesDownLaterLeavesTheLastKnownVersionMarkedSoWithItsAge() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    source.down = true;
    time.advance(Duration.ofHours(3));

    Resolution resolution = latest();

    assertThat(resolution.version().id()).isEqualTo("v1");
    assertThat(resolution.information().stale()).isTrue();
    assertThat(resolution.information().age()).isEqualTo(Duration.ofHours(3));
    assertThat(resolution).asString().contains("last known, 10800 s old, as the source failed");
    assertThat(process.told(TestProcess.Stale.class)).hasSize(1);
  }

  @Test
  void aSourceThatIsDownAtTheStartOfAnotherProcessLeavesWhatTheStoreKnows() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    source.down = true;
    time.advance(Duration.ofHours(3));

    try (TestProcess other = process(any -> any)) {
      Resolution resolution = other.resolver.resolve("p", VersionSelection.latest());

      assertThat(resolution.version().id()).isEqualTo("v1");
      assertThat(resolution.information().origin()).isEqualTo(Origin.LAST_KNOWN);
      assertThat(resolution.information().age()).isEqualTo(Duration.ofHours(3));
    }
  }

  @Test
  void informationThatIsOlderThanAllowedIsAnErrorThatSaysSo() throws Exception {
    source.publish("p", "v1", "x y z");
    try (TestProcess careful = process(with -> with.oldestInformation(Duration.ofHours(1)))) {
      careful.latest();
      source.down = true;
      time.advance(Duration.ofHours(1));
      assertThat(careful.latest()).isEqualTo("v1");
      time.advance(Duration.ofSeconds(1));

      VersionUnavailableException failure = unavailable(careful);

      assertThat(failure.kind()).isEqualTo(Kind.TOO_OLD);
      assertThat(failure).hasMessageContainingAll("version v1", "3601 s old", "at most PT1H");
      assertThat(careful.resolver.resolve("p", VersionSelection.pinned("v1")).version().id())
          .isEqualTo("v1");
    }
  }

  @Test
  void aFailedRequestIsRepeatedOnlyAfterAPause() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    source.down = true;
    intervalPasses();
    for (int i = 0; i < 10; i++) {
      latest();
    }
    assertThat(source.lists).hasValue(2);

    time.advance(Duration.ofSeconds(10));
    latest();

    assertThat(source.lists).hasValue(3);
  }

  @Test
  void aSlowSourceDelaysNobodyLongerThanAllowed() throws Exception {
    source.publish("p", "v1", "x y z");
    try (TestProcess hasty = process(with -> with.lookupTimeout(TestProcess.BRIEF))) {
      latest();
      source.slow = new CountDownLatch(1);
      intervalPasses();

      Resolution resolution = hasty.resolver.resolve("p", VersionSelection.latest());

      assertThat(resolution.version().id()).isEqualTo("v1");
      assertThat(resolution.information().problem())
          .contains("the source did not answer within PT0.05S");
    }
  }

  @Test
  void aListThatIsGarbageIsAFailureOfTheSourceAndNotAnEmptyList() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    source.publish("p", "v1", "x y z");
    intervalPasses();

    assertThat(latest().information().problem())
        .contains("the source failed: the source lists version v1 of p twice");
  }

  @Test
  void noVersionIsAnErrorAndNotRememberedByOtherProcesses() throws Exception {
    VersionUnavailableException failure = unavailable(process);

    assertThat(failure.kind()).isEqualTo(Kind.NO_VERSION);
    assertThat(failure).hasMessageContaining("pipeline p has no version that is ready");
    source.publish("p", "v1", "x y z");
    try (TestProcess other = process(any -> any)) {
      assertThat(other.latest()).isEqualTo("v1");
    }
  }

  @Test
  void anOlderListAfterANewerOneMovesNoScheduleBack() throws Exception {
    source.publish("p", "v1", "x y z");
    source.publish("p", "v2", "x y z");
    assertThat(process.latest()).isEqualTo("v2");
    source.listOnlyTheFirst(1);
    intervalPasses();

    Resolution resolution = latest();

    assertThat(resolution.version().id()).isEqualTo("v2");
    assertThat(resolution.information().problem())
        .contains("the source's list leaves out version v2, which it still has");
    try (TestProcess other = process(any -> any)) {
      assertThat(other.latest()).isEqualTo("v2");
    }
  }

  @Test
  void anOlderListMovesSchedulesBackWhereTheCallerAllowsIt() throws Exception {
    source.publish("p", "v1", "x y z");
    source.publish("p", "v2", "x y z");
    try (TestProcess lenient = process(VersionResolverBuilder::mayMoveBack)) {
      assertThat(lenient.latest()).isEqualTo("v2");
      source.listOnlyTheFirst(1);
      intervalPasses();

      assertThat(lenient.latest()).isEqualTo("v1");
    }
  }

  @Test
  void aDeletedVersionMovesSchedulesBackToTheNewestThatIsLeft() throws Exception {
    source.publish("p", "v1", "x y z");
    source.publish("p", "v2", "x y z");
    assertThat(process.latest()).isEqualTo("v2");
    source.delete("v2");
    intervalPasses();

    Resolution resolution = latest();

    assertThat(resolution.version().id()).isEqualTo("v1");
    assertThat(resolution.information().stale()).isFalse();
  }

  @Test
  void refreshAsksAgainWhateverIsKnown() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    source.publish("p", "v2", "x y z");

    process.resolver.refresh("p");

    assertThat(process.latest()).isEqualTo("v2");
    assertThat(process.latest()).isEqualTo("v2");
    assertThat(source.lists).hasValue(2);
  }

  @Test
  void aVersionThatIsSaidToBePublishedIsLookedForUnlessItIsKnown() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    process.resolver.published("p", "v1");
    latest();
    assertThat(source.lists).hasValue(1);
    source.publish("p", "v2", "x y z");

    process.resolver.published("p", "v2");

    assertThat(process.latest()).isEqualTo("v2");
    assertThat(source.lists).hasValue(2);
  }

  @Test
  void whatAnotherProcessWasToldIsReadFromTheStore() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    time.advance(Duration.ofSeconds(20));

    try (TestProcess other = process(any -> any)) {
      Resolution resolution = other.resolver.resolve("p", VersionSelection.latest());

      assertThat(resolution.information())
          .isEqualTo(new Information(Origin.SHARED, Duration.ofSeconds(20), null));
      assertThat(source.lists).hasValue(1);
      time.advance(
          Duration.ofSeconds(40)); // A minute since the source was asked, 40 s since the store was.
      other.latest();
      assertThat(source.lists).hasValue(2);
    }
  }

  @Test
  void clocksThatAreAnHourApartMakeNoDifference() throws Exception {
    source.publish("p", "v1", "x y z");
    latest();
    Clock ahead = Clock.fixed(PublishedVersions.START.plus(Duration.ofHours(1)), ZoneOffset.UTC);
    Clock behind = Clock.fixed(PublishedVersions.START.minus(Duration.ofHours(1)), ZoneOffset.UTC);
    for (Clock clock : new Clock[] {ahead, behind}) {
      try (TestProcess other = new TestProcess(source, store, time, clock, any -> any)) {
        assertThat(other.resolver.resolve("p", VersionSelection.latest()).information())
            .isEqualTo(new Information(Origin.SHARED, Duration.ZERO, null));
      }
    }
    assertThat(source.lists).hasValue(1);
  }

  @Test
  void aChangeIsToldOnceWithWhatDiffers() throws Exception {
    source.publish("p", "v1", "param a STRING\nimage train python:3.10\ncomponent train 1");
    latest();
    source.publish("p", "v2", "required a NUMBER\nimage train python:3.11\ncaching train off");
    intervalPasses();
    latest();
    latest();

    assertThat(process.told(VersionChange.class)).hasSize(1);
    VersionChange change = process.told(VersionChange.class).get(0);
    assertThat(change.from().id()).isEqualTo("v1");
    assertThat(change.to().id()).isEqualTo("v2");
    assertThat(change.to().digest()).isNotEqualTo(change.from().digest());
    PipelineChange changes = change.changes().orElseThrow();
    assertThat(changes.components()).containsExactly("train is gone");
    assertThat(changes.images()).containsExactly("train: python:3.10 -> python:3.11");
    assertThat(changes.parameters()).containsExactly("a: STRING -> NUMBER (required)");
    assertThat(changes.caching()).containsExactly("train: off is new");
  }

  @Test
  void contentThatWasReplacedUnderItsIdIsAChange() throws Exception {
    source.publish("p", "v1", "param a STRING");
    latest();
    source.delete("v1");
    source.publish("p", "v1", PublishedVersions.START, VersionState.READY, "param b STRING");
    intervalPasses();
    latest();

    assertThat(process.told(VersionChange.class))
        .singleElement()
        .satisfies(change -> assertThat(change.from().id()).isEqualTo(change.to().id()));
  }

  @Test
  void aListenerThatThrowsHarmsNobody() throws Exception {
    source.publish("p", "v1", "x y z");
    VersionListener broken =
        new VersionListener() {
          @Override
          public void onChange(VersionChange change) {
            throw new IllegalStateException("broken");
          }
        };
    try (TestProcess told = process(with -> with.listener(broken))) {
      told.latest();
      source.publish("p", "v2", "x y z");
      intervalPasses();

      assertThat(told.latest()).isEqualTo("v2");
    }
  }

  /** Another process, which knows v1 where this one knows v2. */
  private TestProcess behind() throws Exception {
    source.publish("p", "v1", "x y z");
    TestProcess behind = process(any -> any);
    assertThat(behind.latest()).isEqualTo("v1");
    source.publish("p", "v2", "x y z");
    time.advance(Duration.ofSeconds(1));
    process.resolver.refresh("p");
    assertThat(process.latest()).isEqualTo("v2");
    return behind;
  }

  @Test
  void anOlderListThatAnotherProcessReadsMovesNobodyBack() throws Exception {
    try (TestProcess behind = behind()) {
      source.listOnlyTheFirst(1);
      intervalPasses();

      assertThat(behind.latest()).isEqualTo("v2");
      assertThat(process.latest()).isEqualTo("v2");
    }
  }

  @Test
  void withTheSourceDownTheYoungerAnswerOfAnotherProcessCounts() throws Exception {
    try (TestProcess behind = behind()) {
      source.down = true;
      time.advance(TestProcess.INTERVAL.plus(Duration.ofHours(1)));

      assertThat(behind.latest()).isEqualTo("v2");
    }
  }

  @Test
  void anOlderListWithAVersionStillPendingMovesNobodyBack() throws Exception {
    source.publish("p", "v1", "x y z");
    source.publish("p", "v2", PublishedVersions.START, VersionState.PENDING, "x y z");
    source.listOnlyTheFirst(2);
    source.delete("v2");
    source.publish("p", "v2", "x y z");
    List<PipelineVersion> old = source.versions("p");
    source.listAll();
    assertThat(process.latest()).isEqualTo("v2");
    source.list(old);
    intervalPasses();

    assertThat(process.latest()).isEqualTo("v2");
  }

  @Test
  void anOldListThatLacksManyVersionsLosesNone() throws Exception {
    for (int i = 0; i < 60; i++) {
      source.publish("p", "1.0." + i, "x y z");
    }
    latest();
    source.listOnlyTheFirst(1);
    intervalPasses();
    latest();

    assertThat(process.resolver.resolve("p", VersionSelection.range("1.0.5")).version().id())
        .isEqualTo("1.0.5");
    assertThat(source.singles.get()).isLessThanOrEqualTo(20);
  }

  @Test
  void anExecutorThatRefusesIsSaidToRefuse() {
    process.executor.shutdown();

    assertThat(unavailable(process)).hasMessageContaining("give one that is open and has room");
  }
}
