package dev.taskcache.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Content digests that can be checked here: SHA-256 and SHA-512. */
final class ContentHash {
  static final String SHA256 = "sha256:";

  private static final String SHA512 = "sha512:";
  private static final Pattern KNOWN = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

  private final String algorithm;
  private final MessageDigest digest;
  private long bytes;

  /** What a body was: how many bytes, and their digest as artifacts have it. */
  record Content(long bytes, String digest) {}

  private ContentHash(String algorithm) {
    this.algorithm = algorithm;
    try {
      digest = MessageDigest.getInstance(algorithm.equals(SHA512) ? "SHA-512" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static boolean isKnown(String digest) {
    return KNOWN.matcher(digest).matches();
  }

  /**
   * Takes in a body for its digest alone.
   *
   * @param like a digest by the same algorithm, or its beginning
   * @param most how many bytes are read
   */
  static BodySubscriber<Content> body(String like, long most) {
    ContentHash hash = new ContentHash(like.startsWith(SHA512) ? SHA512 : SHA256);
    return new BoundedBody<>(most, hash::update, hash::content);
  }

  /** Reads no body, whatever there is. */
  static BodySubscriber<Content> unread() {
    return new BoundedBody<>(BoundedBody.NOTHING, piece -> {}, new ContentHash(SHA256)::content);
  }

  private void update(ByteBuffer piece) {
    bytes += piece.remaining();
    digest.update(piece);
  }

  private Content content() {
    return new Content(bytes, algorithm + HexFormat.of().formatHex(digest.digest()));
  }
}
