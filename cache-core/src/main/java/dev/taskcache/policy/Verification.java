package dev.taskcache.policy;

/** How closely the artifacts of an entry are looked at before it is served, the closest last. */
public enum Verification {
  /** Not at all. */
  NONE,
  /** Whether each is there. */
  EXISTS,
  /**
   * Whether each is there and has as many bytes as its metadata says ({@link
   * ArtifactVerifier#sizeOf}); of one whose metadata says nothing, whether it is there.
   */
  SIZE,
  /** Whether each is there and has the content that its digest says. */
  DIGEST
}
