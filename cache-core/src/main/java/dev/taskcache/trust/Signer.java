package dev.taskcache.trust;

import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySignature;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * Signs the entries that a cache writes. Immutable and thread-safe; neither {@link #toString} nor
 * anything else shows the key.
 */
public final class Signer {
  /** Signed when a signer is made, so that a key that does not work is found out then. */
  static final SignedEntry PROBE =
      new SignedEntry(
          new EntryId("probe", CacheKey.parse("k1:" + "0".repeat(64))),
          "",
          "",
          Instant.EPOCH,
          null);

  private final Algorithm algorithm;
  private final SignedBy by;
  private final UnaryOperator<byte[]> key;

  private Signer(Algorithm algorithm, SignedBy by, UnaryOperator<byte[]> key) {
    this.algorithm = algorithm;
    this.by = by;
    this.key = key;
    sign(PROBE);
  }

  /**
   * A signer by HMAC-SHA256, for writers and readers that trust each other alike: who can check
   * such a signature can also make one.
   *
   * @param keyId the key's name, by which readers find it; 1 to 100 characters of printable ASCII
   * @param writer who writes, for explanations; as the key id
   * @param secret at least 32 random bytes, copied
   * @return the signer
   * @throws IllegalArgumentException if a name or the secret is none
   */
  public static Signer hmac(String keyId, String writer, byte[] secret) {
    HmacKey key = new HmacKey(secret);
    return new Signer(Algorithm.HMAC, new SignedBy(writer, keyId), key::sign);
  }

  /**
   * A signer by Ed25519, for writers whom readers trust and not the other way round: readers need
   * the public key only.
   *
   * @param keyId the key's name, by which readers find it; 1 to 100 characters of printable ASCII
   * @param writer who writes, for explanations; as the key id
   * @param key the private key
   * @return the signer
   * @throws IllegalArgumentException if a name is none, or the key is of another algorithm
   * @throws IllegalStateException if the key cannot be used
   */
  public static Signer ed25519(String keyId, String writer, PrivateKey key) {
    PrivateKey checked = Ed25519.check(key);
    return new Signer(
        Algorithm.ED25519, new SignedBy(writer, keyId), bytes -> Ed25519.sign(checked, bytes));
  }

  /**
   * Who signs.
   *
   * @return writer and key id, which every signature has in it
   */
  public SignedBy by() {
    return by;
  }

  /**
   * Signs an entry.
   *
   * @param entry what is said of it
   * @return what is to be stored beside it
   * @throws IllegalStateException if the key does not work any more
   */
  public EntrySignature sign(SignedEntry entry) {
    return new SignatureForm(by, key.apply(entry.signedBytes(algorithm, by))).write();
  }

  @Override
  public String toString() {
    return by + ", " + algorithm;
  }
}
