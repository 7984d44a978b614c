package dev.taskcache.version;

import dev.taskcache.version.Information.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A version that was selected and compiled: what runs get until there is another.
 *
 * @param askedAt at which reading of the ticker the source had selected it
 */
record Good(PipelineVersion version, byte[] compiled, Origin origin, long askedAt) {

  Duration age(long now) {
    return Duration.ofNanos(now - askedAt);
  }

  /** Selected lately. */
  ReadyVersion ready(VersionSelection selection, long now) {
    return by(selection, new Information(origin, age(now), null));
  }

  /** Selected, by what is known. */
  ReadyVersion by(VersionSelection selection, Information information) {
    return new ReadyVersion(
        selection, version, compiled, VersionReason.of(selection), information, null);
  }

  /** Given for a resolution, whether or not it is what that says. */
  ReadyVersion as(Resolution resolution, VersionReason reason, @Nullable String awaited) {
    return new ReadyVersion(
        resolution.selection(), version, compiled, reason, resolution.information(), awaited);
  }
}
