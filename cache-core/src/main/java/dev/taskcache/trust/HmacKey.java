package dev.taskcache.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that signs and checks, by HMAC-SHA256. Thread-safe. */
final class HmacKey {
  private static final String HMAC = "HmacSHA256";
  // As long as the hash: RFC 2104 discourages shorter ones, and no longer one is stronger.
  private static final int LEAST_BYTES = 32;

  // Finding a Mac and giving it the key costs more than what it is for.
  private final ThreadLocal<Mac> own;

  HmacKey(byte[] secret) {
    if (secret.length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "a secret of "
              + secret.length
              + " bytes can be guessed; give "
              + LEAST_BYTES
              + " random bytes, for instance those of openssl rand 32");
    }
    SecretKeySpec key = new SecretKeySpec(secret, HMAC);
    this.own = ThreadLocal.withInitial(() -> mac(key));
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("the secret is no key of " + HMAC, e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e); // Every Java platform has it.
    }
  }

  byte[] sign(byte[] bytes) {
    return own.get().doFinal(bytes);
  }

  boolean verify(byte[] bytes, byte[] signature) {
    return MessageDigest.isEqual(sign(bytes), signature);
  }
}
