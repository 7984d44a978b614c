package dev.taskcache.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content digests, computed beside the code under test. */
final class Digests {
  private Digests() {}

  static String sha256(byte[] bytes) {
    return "sha256:" + hex("SHA-256", bytes);
  }

  static String sha512(byte[] bytes) {
    return "sha512:" + hex("SHA-512", bytes);
  }

  private static String hex(String algorithm, byte[] bytes) {
    return HexFormat.of().formatHex(digest(algorithm, bytes));
  }

  static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
