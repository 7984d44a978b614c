package dev.taskcache.policy;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells whether the artifacts that an entry refers to are still there and still what they were. An
 * entry with one that is not is a miss, and the next result replaces it.
 *
 * <p>It is called once for each decision on an entry that has artifacts, with all of them, on the
 * caller's thread; never for a plan. Implementations are thread-safe and return in bounded time:
 * nobody ends a call that hangs. One that throws, or returns null, makes the entry unusable, with
 * reason {@link Reason#VERIFICATION_FAILED}.
 */
@FunctionalInterface
public interface ArtifactVerifier {
  /** Believes that every artifact is there. */
  ArtifactVerifier NONE = (artifacts, level) -> Optional.empty();

  /** The name under which an artifact's metadata says how many bytes it has. */
  String SIZE_BYTES = "sizeBytes";

  /**
   * Looks at all artifacts of one entry. Those that an implementation does not know it believes.
   *
   * @param artifacts not empty; each with a URI, a content digest, or both
   * @param level how closely; at least as closely is right, too; never {@link Verification#NONE}
   * @return the first fault; empty if all are good
   */
  Optional<Fault> verify(List<InputValue.Artifact> artifacts, Verification level);

  /**
   * A verifier that asks one for each scheme of the artifacts' URIs, each at most once for all of
   * its artifacts.
   *
   * @param schemes verifier by scheme, without a colon, in lower case, for instance {@code file};
   *     copied
   * @param others asked about the artifacts with another scheme, or without a URI
   * @return the verifier
   * @throws IllegalArgumentException if a scheme is none
   */
  static ArtifactVerifier byScheme(Map<String, ArtifactVerifier> schemes, ArtifactVerifier others) {
    return new SchemeArtifacts(schemes, others);
  }

  /**
   * How many bytes an artifact has, as its metadata says it: a whole number, not negative, under
   * {@link #SIZE_BYTES}.
   *
   * @param artifact the artifact
   * @return empty if its metadata says nothing of the kind
   */
  static OptionalLong sizeOf(InputValue.Artifact artifact) {
    InputValue size = artifact.metadata().entries().get(SIZE_BYTES);
    if (size instanceof InputValue.Int whole && whole.value().bitLength() < Long.SIZE) {
      long bytes = whole.value().longValue();
      return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }
    return OptionalLong.empty();
  }

  /**
   * What is wrong with an artifact.
   *
   * @param reason {@link Reason#OUTPUT_MISSING}, {@link Reason#OUTPUT_CHANGED} or, if that could
   *     not be found out, {@link Reason#VERIFICATION_FAILED}
   * @param message which artifact, and what was expected
   */
  record Fault(Reason reason, String message) {
    private static final Set<Reason> REASONS =
        EnumSet.of(Reason.OUTPUT_MISSING, Reason.OUTPUT_CHANGED, Reason.VERIFICATION_FAILED);

    /** Refuses another reason. */
    public Fault {
      if (!REASONS.contains(reason)) {
        throw new IllegalArgumentException(
            reason
                + " is no fault of an artifact; use OUTPUT_MISSING, OUTPUT_CHANGED or"
                + " VERIFICATION_FAILED");
      }
    }

    /**
     * An artifact is gone.
     *
     * @param message which one
     * @return the fault
     */
    public static Fault missing(String message) {
      return new Fault(Reason.OUTPUT_MISSING, message);
    }

    /**
     * An artifact is not what it was.
     *
     * @param message which one, what it is and what it was
     * @return the fault
     */
    public static Fault changed(String message) {
      return new Fault(Reason.OUTPUT_CHANGED, message);
    }

    /**
     * Whether an artifact is good could not be found out.
     *
     * @param message which one, and why
     * @return the fault
     */
    public static Fault unknown(String message) {
      return new Fault(Reason.VERIFICATION_FAILED, message);
    }
  }
}
