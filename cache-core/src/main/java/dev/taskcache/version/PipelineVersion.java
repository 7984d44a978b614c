package dev.taskcache.version;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of a pipeline, as its source lists it. What is under an id never changes; where it does
 * after all, the digest tells.
 *
 * @param pipeline the pipeline; never empty
 * @param id the version's id, unique in its pipeline; never empty
 * @param createdAt when it was published, by the source's clock, UTC
 * @param state whether it can be run
 * @param digest SHA-256 of what {@link PipelineSource#load} gives for it: {@code sha256:} and 64
 *     lower-case hexadecimal digits
 * @param semanticNumber its number after semver.org 2.0.0, for instance {@code 1.4.2}; null if it
 *     has none, and is in no range then
 */
public record PipelineVersion(
    String pipeline,
    String id,
    Instant createdAt,
    VersionState state,
    String digest,
    @Nullable String semanticNumber) {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /**
   * Checks names and digest.
   *
   * @throws IllegalArgumentException if one is malformed; it says which, of what version
   */
  public PipelineVersion {
    if (pipeline.isEmpty() || id.isEmpty()) {
      throw new IllegalArgumentException(
          "version \"" + id + "\" of pipeline \"" + pipeline + "\": neither may be empty");
    }
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException(
          "digest \""
              + digest
              + "\" of version "
              + id
              + " of pipeline "
              + pipeline
              + ": write sha256: and 64 lower-case hexadecimal digits");
    }
  }

  /**
   * Its number after semver.org.
   *
   * @return empty if it has none
   */
  public Optional<String> number() {
    return Optional.ofNullable(semanticNumber);
  }
}
