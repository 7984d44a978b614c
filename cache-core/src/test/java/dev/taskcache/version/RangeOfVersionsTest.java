package dev.taskcache.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taskcache.store.InMemoryStore;
import dev.taskcache.testing.SettableClock;
import dev.taskcache.version.Refusal.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a range of versions selects, and what it refuses. */
class RangeOfVersionsTest {
  private static final String A = "param a STRING";

  private final SettableClock time = new SettableClock(PublishedVersions.START);
  private final PublishedVersions source = new PublishedVersions();
  private final TestProcess process = new TestProcess(source, new InMemoryStore(time), time);

  @AfterEach
  void end() {
    process.close();
  }

  private Resolution resolve(String range) throws Exception {
    return process.resolver.resolve("p", VersionSelection.range(range));
  }

  @ParameterizedTest
  @CsvSource({
    "^1.4, 1.10.0",
    "~1.4.0, 1.4.2",
    ">=1 <2, 1.10.0",
    "1.x, 1.10.0",
    "1.4.2, 1.4.2",
    "1.2 - 1.4, 1.4.2",
    "^1.4 || ^2, 2.0.0",
    ">=2 <3, 2.0.0",
    "*, 3.0.0"
  })
  void aRangeSelectsItsHighestNumberAndNotItsNewest(String range, String expected)
      throws Exception {
    for (String id : new String[] {"3.0.0", "2.0.0", "1.10.0", "1.4.2", "1.4.0", "1.3.9"}) {
      source.publish("p", id, A);
    }
    source.publish("p", "nightly", A);

    assertThat(resolve(range).version().id()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "abc", "^", ">=2 <nope", "latest", "1.2.3.4", ">>1", "1 ||"})
  void whatIsNoRangeIsRefusedWhole(String range) {
    assertThatThrownBy(() -> VersionSelection.range(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + range + "\" is no range of versions; write for instance ^1.4 or >=2 <3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "param b STRING              | parameter \"a\" is gone",
        "param a NUMBER              | parameter \"a\" was STRING, is NUMBER",
        "required a STRING           | parameter \"a\" is required now",
        "param a STRING;required c X | parameter \"c\" is new and required",
      })
  void aVersionThatBreaksWhatItsNumberPromisesIsReportedAndNotSelected(
      String content, String problem) throws Exception {
    source.publish("p", "1.4.0", A);
    source.publish("p", "1.5.0", content.replace(';', '\n'));

    Resolution resolution = resolve("^1.4");

    assertThat(resolution.version().id()).isEqualTo("1.4.0");
    assertThat(process.told(Refusal.class)).isEqualTo(resolution.refusals());
    Refusal refusal = resolution.refusals().get(0);
    assertThat(refusal.version().id()).isEqualTo("1.5.0");
    assertThat(refusal.kind()).isEqualTo(Kind.INCOMPATIBLE);
    assertThat(refusal.details()).containsExactly(problem);
  }

  @Test
  void aVersionThatDropsAnOutputIsReportedAndNotSelected() throws Exception {
    source.publish("p", "1.4.0", "output o STRING");
    source.publish("p", "1.5.0", A);

    assertThat(resolve("^1.4").refusals().get(0).details()).containsExactly("output \"o\" is gone");
  }

  @Test
  void aVersionThatAddsWhatNobodyNeedsToKnowIsSelected() throws Exception {
    source.publish("p", "1.4.0", "required a STRING");
    source.publish("p", "1.5.0", "param a STRING\nparam b NUMBER\noutput o STRING");

    assertThat(resolve("^1.4").version().id()).isEqualTo("1.5.0");
  }

  @Test
  void aVersionAfterAnIncompatibleOneIsComparedWithTheLastThatWasCompatible() throws Exception {
    source.publish("p", "1.4.0", A);
    source.publish("p", "1.5.0", "param b STRING");
    source.publish("p", "1.6.0", A + "\nparam b STRING");

    Resolution resolution = resolve("^1.4");

    assertThat(resolution.version().id()).isEqualTo("1.6.0");
    assertThat(resolution.refusals()).isEmpty();
  }

  @Test
  void anIncompatibleVersionIsSelectedByWhoSaysSoAndByWhoSelectsTheLatest() throws Exception {
    source.publish("p", "1.4.0", A);
    source.publish("p", "1.5.0", "param b STRING");
    VersionSelection.Range range = new VersionSelection.Range("^1.4", false);

    assertThat(process.resolver.resolve("p", range.evenIncompatibleVersions()).version().id())
        .isEqualTo("1.5.0");
    assertThat(process.latest()).isEqualTo("1.5.0");
  }

  @ParameterizedTest
  @CsvSource({"1.4.0, 2.0.0, >=1 <3", "0.1.0, 0.2.0, >=0.1 <1"})
  void aNumberThatPromisesNothingIsComparedWithNothing(String lower, String higher, String range)
      throws Exception {
    source.publish("p", lower, A);
    source.publish("p", higher, "param b STRING");

    assertThat(resolve(range).version().id()).isEqualTo(higher);
    assertThat(source.loads).hasValue(0);
  }

  @Test
  void aVersionThatCannotBeReadIsNotSelected() throws Exception {
    source.publish("p", "1.4.0", A);
    source.publish("p", "1.5.0", "garbage");

    Refusal refusal = resolve("^1.4").refusals().get(0);

    assertThat(refusal.kind()).isEqualTo(Kind.UNREADABLE);
    assertThat(refusal.details()).containsExactly("line \"garbage\" has not three words");
  }

  @Test
  void aVersionIsReadOnceWhoeverComparesIt() throws Exception {
    source.publish("p", "1.4.0", A);
    source.publish("p", "1.5.0", A + "\nparam b STRING");
    resolve("^1.4");
    resolve("^1.4");
    resolve("1.x");

    assertThat(source.loads).hasValue(2);
  }

  @Test
  void noVersionInTheRangeIsAnErrorThatSaysWhatThereIs() {
    source.publish("p", "1.4.0", Instant.EPOCH, VersionState.PENDING, A);

    VersionUnavailableException failure =
        catchThrowableOfType(VersionUnavailableException.class, () -> resolve("^1.4"));

    assertThat(failure.kind()).isEqualTo(VersionUnavailableException.Kind.NONE_IN_RANGE);
    assertThat(failure).hasMessageContaining("1.4.0 is NOT_READY: its state is PENDING");
  }

  @Test
  void aPinnedVersionStaysWhateverIsPublished() throws Exception {
    source.publish("p", "v1", A);
    source.publish("p", "v2", A);

    Resolution resolution = process.resolver.resolve("p", VersionSelection.pinned("v1"));

    assertThat(resolution.version().id()).isEqualTo("v1");
    assertThat(resolution.reason()).isEqualTo(VersionReason.PINNED);
  }

  @Test
  void aPinnedVersionThatDoesNotExistIsAnErrorThatNamesIt() {
    source.publish("p", "v1", A);

    VersionUnavailableException failure =
        catchThrowableOfType(
            VersionUnavailableException.class,
            () -> process.resolver.resolve("p", VersionSelection.pinned("v7")));

    assertThat(failure.kind()).isEqualTo(VersionUnavailableException.Kind.NO_SUCH_VERSION);
    assertThat(failure).hasMessageContaining("has no version v7");
  }

  @Test
  void changingWhatAScheduleSelectsIsOneCall() {
    Schedule schedule = Schedule.of("nightly", "p");

    assertThat(schedule.selection()).isEqualTo(VersionSelection.latest());
    assertThat(schedule.pinned("v1").selection()).isEqualTo(VersionSelection.pinned("v1"));
    assertThat(schedule.range("^1.4").selection()).isEqualTo(VersionSelection.range("^1.4"));
    assertThat(schedule.range("^1.4").latest()).isEqualTo(schedule);
  }

  @Test
  void aVersionThatCannotBeReadPromisesNothingToThoseAboveIt() throws Exception {
    source.publish("p", "1.4.0", "garbage");
    source.publish("p", "1.5.0", A);
    source.publish("p", "1.6.0", A + "\nparam b STRING");

    assertThat(resolve("^1.4").version().id()).isEqualTo("1.6.0");
  }

  @Test
  void aSourceThatFailsWhileVersionsAreComparedMovesNoScheduleBack() throws Exception {
    source.publish("p", "1.4.0", A);
    source.publish("p", "1.5.0", A + "\nparam b STRING");
    assertThat(resolve("^1.4").version().id()).isEqualTo("1.5.0");
    source.publish("p", "1.6.0", A + "\nparam b STRING\nparam c STRING");
    time.advance(TestProcess.INTERVAL);
    process.latest();
    source.down = true;

    Resolution resolution = resolve("^1.4");

    assertThat(resolution.version().id()).isEqualTo("1.5.0");
    assertThat(resolution.information().problem())
        .contains("the source failed: connection refused");
    source.down = false;
    time.advance(Duration.ofSeconds(10));
    assertThat(resolve("^1.4").version().id()).isEqualTo("1.6.0");
  }
}
