package dev.taskcache.policy;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether the artifacts that an entry refers to are still there and still what they were. An
 * entry with one that is not is a miss, and the next result replaces it.
 *
 * <p>Implementations are thread-safe. One that throws makes the entry unusable, with its message.
 */
@FunctionalInterface
public interface ArtifactVerifier {
  /** Believes that every artifact is there. */
  ArtifactVerifier NONE = artifacts -> Optional.empty();

  /**
   * Looks at all artifacts of one entry.
   *
   * @param artifacts not empty; each with a URI, a content digest, or both
   * @return the first fault; empty if all are good
   */
  Optional<Fault> verify(List<InputValue.Artifact> artifacts);

  /**
   * A verifier that looks at least as closely.
   *
   * @param level how closely
   * @return this one, unless it knows a closer look
   */
  default ArtifactVerifier at(Verification level) {
    return this;
  }

  /**
   * What is wrong with an artifact.
   *
   * @param reason {@link Reason#OUTPUT_MISSING} or {@link Reason#OUTPUT_CHANGED}
   * @param message which artifact, and what was expected
   */
  record Fault(Reason reason, String message) {
    /** Refuses another reason. */
    public Fault {
      if (reason != Reason.OUTPUT_MISSING && reason != Reason.OUTPUT_CHANGED) {
        throw new IllegalArgumentException(
            reason + " is no fault of an artifact; use OUTPUT_MISSING or OUTPUT_CHANGED");
      }
    }
  }
}
