package dev.taskcache.trust;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECKey;
import java.security.spec.NamedParameterSpec;

/** Signatures by Ed25519 (RFC 8032), of the platform's own provider. */
final class Ed25519 {
  private static final String NAME = NamedParameterSpec.ED25519.getName();
  // JDK 17 passes over what stands behind a signature.
  private static final int BYTES = 64;

  private Ed25519() {}

  /** Refuses another curve's key, and one of another kind. */
  static <K extends Key> K check(K key) {
    boolean ours =
        key instanceof EdECKey edwards
            ? edwards.getParams().getName().equals(NAME)
            : key.getAlgorithm().equals(NAME) || key.getAlgorithm().equals("EdDSA");
    if (!ours) {
      throw new IllegalArgumentException(
          "a key of "
              + key.getAlgorithm()
              + " is none of "
              + NAME
              + "; make one by KeyPairGenerator.getInstance(\"Ed25519\"), or openssl genpkey"
              + " -algorithm ed25519");
    }
    return key;
  }

  static byte[] sign(PrivateKey key, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the private key does not sign: " + e.getMessage(), e);
    }
  }

  static boolean verify(PublicKey key, byte[] bytes, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initVerify(key);
      signature.update(bytes);
      return signed.length == BYTES && signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // The bytes are no signature at all.
    }
  }
}
