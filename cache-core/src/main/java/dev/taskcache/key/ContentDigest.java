package dev.taskcache.key;

import java.util.regex.Pattern;

/**
 * Content digests as text, {@code algorithm:encoded}, after the grammar of the OCI image
 * specification ("Descriptor", digests).
 */
final class ContentDigest {
  private static final Pattern ANY =
      Pattern.compile("[a-z0-9]+(?:[+._-][a-z0-9]+)*:[A-Za-z0-9=_-]+");
  private static final String SHA256 = "sha256:";
  private static final int SHA256_LENGTH = SHA256.length() + 64;
  private static final Pattern BARE = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

  private ContentDigest() {}

  /** Whether a text without a repository is a digest, and not a repository with a tag. */
  static boolean isBare(String text) {
    return BARE.matcher(text).matches();
  }

  static String check(String digest, Place place) {
    boolean good = digest.startsWith(SHA256) ? isSha256(digest) : ANY.matcher(digest).matches();
    if (!good) {
      throw new InvalidRequestException(
          place,
          "\"" + digest + "\" is not a digest; write sha256: and 64 lower-case hexadecimal digits");
    }
    return digest;
  }

  /** Without a pattern: every artifact of every hit has one. */
  private static boolean isSha256(String digest) {
    if (digest.length() != SHA256_LENGTH) {
      return false;
    }
    for (int i = SHA256.length(); i < SHA256_LENGTH; i++) {
      char c = digest.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
