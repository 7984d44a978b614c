package dev.taskcache.version;

import org.jspecify.annotations.Nullable;

/**
 * No version of a pipeline can be run now; the message names pipeline and selection, and what to do
 * instead.
 */
public final class VersionUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  VersionUnavailableException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static VersionUnavailableException sourceFailed(String what, String problem, Throwable cause) {
    return new VersionUnavailableException(
        Kind.SOURCE_FAILED,
        "pipeline "
            + what
            + ": "
            + problem
            + ", and no version was known before; mend the source, or run a compiled version by its"
            + " file",
        cause);
  }

  /** Why there is none. */
  public enum Kind {
    /** The source failed, and nothing was known before. */
    SOURCE_FAILED,
    /** What was known before is older than the caller allows. */
    TOO_OLD,
    /** The source has no version of this pipeline that is ready. */
    NO_VERSION,
    /** The source does not have the version that is pinned. */
    NO_SUCH_VERSION,
    /** No version that is ready is in the range. */
    NONE_IN_RANGE,
    /** The first version of all cannot be compiled, or not in time. */
    NOT_COMPILED
  }

  /**
   * Why there is none.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }
}
