package dev.taskcache.version;

/** Whether a version of a pipeline can be run. */
public enum VersionState {
  /** It is complete, and may be selected. */
  READY,
  /** It is being uploaded or checked. */
  PENDING,
  /** Its upload or its check failed. */
  FAILED,
  /** Its owner took it back: nothing selects it, though who pinned it may still load it. */
  WITHDRAWN
}
