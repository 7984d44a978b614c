package dev.taskcache.version;

import java.util.List;

/**
 * A version that would have been selected, but for a reason.
 *
 * @param version the version
 * @param kind the reason
 * @param details what is the matter with it, one sentence each; may be empty
 */
public record Refusal(PipelineVersion version, Kind kind, List<String> details) {

  /** Why a version is not selected. */
  public enum Kind {
    /** It is being made, failed, or was taken back. */
    NOT_READY,
    /** Its number promises compatibility with a lower one, and it does not keep that. */
    INCOMPATIBLE,
    /** It is not known whether it keeps that, as it could not be read. */
    UNREADABLE
  }

  /** Copies. */
  public Refusal {
    details = List.copyOf(details);
  }

  @Override
  public String toString() {
    return version.id()
        + " is "
        + kind
        + (details.isEmpty() ? "" : ": " + String.join("; ", details));
  }
}
