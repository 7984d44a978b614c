package dev.taskcache.trust;

/** How entries are signed; the name is part of what is signed. */
enum Algorithm {
  /** RFC 2104 with SHA-256: who can check can sign. */
  HMAC("HMAC-SHA256"),
  /** RFC 8032: who can check cannot sign. */
  ED25519("Ed25519");

  private final String label;

  Algorithm(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
