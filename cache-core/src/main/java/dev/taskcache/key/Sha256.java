package dev.taskcache.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, which every Java platform has. */
final class Sha256 {
  // Finding and making a digest costs as much as hashing 300 bytes. What a thread keeps is a class
  // of the platform, so a host's pool never keeps this library's class loader.
  private static final ThreadLocal<MessageDigest> OWN = ThreadLocal.withInitial(Sha256::create);

  private Sha256() {}

  /** This thread's own digest, empty. It is whoever asked last who uses it. */
  static MessageDigest begin() {
    MessageDigest digest = OWN.get();
    digest.reset();
    return digest;
  }

  static byte[] of(byte[] bytes) {
    return begin().digest(bytes);
  }

  /** A new one, for what comes in pieces while other things are digested. */
  static MessageDigest create() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
