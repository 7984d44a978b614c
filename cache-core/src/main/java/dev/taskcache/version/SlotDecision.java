package dev.taskcache.version;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which version a slot of a schedule runs: decided once, whoever starts the run. {@code toString()}
 * is one readable line.
 *
 * @param schedule the schedule's name
 * @param slot the time that the run is for, UTC
 * @param runId the run's id, the same for every attempt: a DNS label of at most 63 characters
 * @param version what it runs
 * @param selection what the schedule selected
 * @param reason why this version
 * @param origin where the information is from that this goes by
 * @param informationAgeMillis how old it was, in milliseconds
 * @param sourceProblem why it was not younger; null unless the source failed
 * @param awaitedVersion what would have run instead, and what prevented it; null if nothing would
 */
public record SlotDecision(
    String schedule,
    Instant slot,
    String runId,
    PipelineVersion version,
    String selection,
    VersionReason reason,
    Information.Origin origin,
    long informationAgeMillis,
    @Nullable String sourceProblem,
    @Nullable String awaitedVersion) {

  static SlotDecision of(String namespace, Schedule schedule, Instant slot, ReadyVersion ready) {
    return new SlotDecision(
        schedule.name(),
        slot,
        RunId.of(namespace, schedule.name(), slot),
        ready.version(),
        schedule.selection().toString(),
        ready.reason(),
        ready.information().origin(),
        ready.information().age().toMillis(),
        ready.information().problem().orElse(null),
        ready.awaited().orElse(null));
  }

  /**
   * Why the information was not younger.
   *
   * @return empty unless the source failed
   */
  public Optional<String> problem() {
    return Optional.ofNullable(sourceProblem);
  }

  /**
   * What would have run instead.
   *
   * @return the version and what prevented it; empty if nothing would
   */
  public Optional<String> awaited() {
    return Optional.ofNullable(awaitedVersion);
  }

  @Override
  public String toString() {
    Information information =
        new Information(origin, Duration.ofMillis(informationAgeMillis), sourceProblem);
    return schedule
        + " at "
        + slot
        + ": version "
        + version.id()
        + " of "
        + version.pipeline()
        + " ("
        + selection
        + "), because "
        + reason.meaning()
        + (awaitedVersion == null ? "" : " (" + awaitedVersion + ")")
        + "; "
        + information
        + " ["
        + runId
        + "]";
  }
}
