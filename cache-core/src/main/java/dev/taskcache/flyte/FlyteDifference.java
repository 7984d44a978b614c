package dev.taskcache.flyte;

/**
 * A way in which Flyte's remote cache (datacatalog) and its local one (flytekit) do not agree on a
 * task with its inputs.
 *
 * @param kind which one
 * @param message what it is about here, and what follows, in sentences
 */
public record FlyteDifference(Kind kind, String message) {

  /** The differences that there are. */
  public enum Kind {
    /** A task without outputs is never stored remotely, and is hit locally. */
    VOID_TASK(true),
    /** Two runs at once wait for each other remotely; locally both run. */
    SERIALIZE(true),
    /** A change of project or domain is seen remotely alone. */
    PROJECT_AND_DOMAIN(false),
    /** A change of a variable's name or type is seen remotely alone: locally a stale hit. */
    INTERFACE(false),
    /** A change of a docstring is a miss remotely, and nothing locally. */
    DESCRIPTIONS(false),
    /** Spaces around the version count locally alone. */
    VERSION_SPACES(false),
    /** Name and version run together in the local key, so that another pair may share it. */
    LOCAL_KEY_AMBIGUOUS(false),
    /** A zero's sign counts locally alone. */
    SIGN_OF_ZERO(false),
    /** A NaN or infinity in a Struct equals its name as a text, remotely alone. */
    NOT_A_NUMBER(false);

    private final boolean now;

    Kind(boolean now) {
      this.now = now;
    }

    /**
     * Whether the caches behave differently for the task as it is.
     *
     * @return false if they do once something changes, or for another task
     */
    public boolean now() {
      return now;
    }
  }
}
