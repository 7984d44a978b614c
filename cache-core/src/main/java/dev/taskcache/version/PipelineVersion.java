package dev.taskcache.version;

import com.google.common.hash.Hashing;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
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

  /** As semver.org suggests it, but for a {@code v} before it. */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "v?((?:(?:0|[1-9][0-9]*)\\.){2}(?:0|[1-9][0-9]*)"
              + "(?:-PART(?:\\.PART)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?)"
                  .replace("PART", "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"));

  private static final int MOST_CHARACTERS = 256;

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

  /** Whether another is what this one is, whatever its source says of its age and state. */
  boolean isSame(PipelineVersion other) {
    return id.equals(other.id) && digest.equals(other.digest);
  }

  /**
   * The number that a name consists of, for sources that have nothing but names.
   *
   * @param name for instance {@code 1.4.2} or {@code v1.4.2}
   * @return without the {@code v}; null if the name is anything else, or has more than 256
   *     characters
   */
  public static @Nullable String numberIn(String name) {
    if (name.length() > MOST_CHARACTERS) {
      return null;
    }
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() ? numbered.group(1) : null;
  }

  /**
   * The digest of what a source gives for a version.
   *
   * @param content all of its bytes
   * @return as {@link #digest} has it
   */
  public static String digestOf(byte[] content) {
    return "sha256:" + Hashing.sha256().hashBytes(content);
  }
}
