package dev.taskcache.key;

import java.util.regex.Pattern;

/**
 * Content digests as text, {@code algorithm:encoded}, after the grammar of the OCI image
 * specification ("Descriptor", digests).
 */
final class ContentDigest {
  private static final Pattern ANY =
      Pattern.compile("[a-z0-9]+(?:[+._-][a-z0-9]+)*:[A-Za-z0-9=_-]+");
  private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");

  private static final Pattern BARE = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

  private ContentDigest() {}

  /** Whether a text without a repository is a digest, and not a repository with a tag. */
  static boolean isBare(String text) {
    return BARE.matcher(text).matches();
  }

  static String check(String digest, Place place) {
    boolean good =
        digest.startsWith("sha256:")
            ? SHA256.matcher(digest).matches()
            : ANY.matcher(digest).matches();
    if (!good) {
      throw new InvalidRequestException(
          place,
          "\"" + digest + "\" is not a digest; write sha256: and 64 lower-case hexadecimal digits");
    }
    return digest;
  }
}
