package dev.taskcache.trust;

/**
 * Who signed an entry.
 *
 * @param writer the writer's name: whoever has the key chose it
 * @param keyId the key's name
 */
public record SignedBy(String writer, String keyId) {
  private static final int MOST_CHARACTERS = 100;

  /** Refuses a name that is empty, long, or more than printable ASCII: logs show it. */
  public SignedBy {
    check("writer", writer);
    check("key id", keyId);
  }

  private static void check(String what, String name) {
    if (name.isEmpty() || name.length() > MOST_CHARACTERS || !printable(name)) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " of a signature has "
              + name.length()
              + " characters, or some that are not printable ASCII; give 1 to "
              + MOST_CHARACTERS
              + ", for instance ci-2026");
    }
  }

  private static boolean printable(String name) {
    for (int i = 0; i < name.length(); i++) { // Each signature that is read comes by here.
      if (name.charAt(i) < ' ' || name.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Who it is, in a few words.
   *
   * @return for instance {@code ci (key ci-2026)}
   */
  @Override
  public String toString() {
    return writer + " (key " + keyId + ")";
  }
}
