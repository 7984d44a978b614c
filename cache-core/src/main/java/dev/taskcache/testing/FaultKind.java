package dev.taskcache.testing;

/** What a rule does to a call. */
enum FaultKind {
  /** Something happens before it. */
  BEFORE,
  /** It fails and has no effect. */
  FAIL,
  /** It has its effect, and fails all the same. */
  LOSE_REPLY,
  /** What is there is not found, what is stored is not kept. */
  LOSE,
  /** What is there is found damaged. */
  CORRUPT
}
