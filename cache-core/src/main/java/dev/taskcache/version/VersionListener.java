package dev.taskcache.version;

/**
 * Is told what becomes of versions. Calls come on the threads that ask for versions and on the
 * resolver's executor, one for each event, and should return at once; what a listener throws is
 * logged and goes no further. Implementations are thread-safe.
 */
public interface VersionListener {
  /** Wants to know nothing. */
  VersionListener NONE = new VersionListener() {};

  /**
   * A selection means another version than before.
   *
   * @param change from what to what
   */
  default void onChange(VersionChange change) {}

  /**
   * A version would have been selected, but for a reason; told once for each answer of the source.
   *
   * @param refusal which, and why
   */
  default void onRefusal(Refusal refusal) {}

  /**
   * Somebody was given a version by information that is older than wanted.
   *
   * @param resolution what was given
   */
  default void onStale(Resolution resolution) {}

  /**
   * A version was compiled, or its compiled form was found in the store.
   *
   * @param version the version
   */
  default void onCompiled(PipelineVersion version) {}

  /**
   * A version could not be compiled, or not in time.
   *
   * @param version the version
   * @param problem why
   */
  default void onCompileFailed(PipelineVersion version, String problem) {}

  /**
   * A slot was given its version; told once for each slot, by the process that decided.
   *
   * @param decision which version, and why
   */
  default void onSlot(SlotDecision decision) {}
}
