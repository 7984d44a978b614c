package dev.taskcache.policy;

/** How closely the artifacts of an entry are looked at before it is served. */
public enum Verification {
  /** Not at all. */
  NONE,
  /** Whether each is there. */
  EXISTS,
  /** Whether each is there and has the content that its digest says. */
  DIGEST
}
