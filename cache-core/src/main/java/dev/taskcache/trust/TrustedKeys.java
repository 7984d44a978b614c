package dev.taskcache.trust;

import dev.taskcache.explain.Reason;
import dev.taskcache.store.EntrySignature;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys whose signatures a reader believes, by their ids. To rotate a key, let all readers trust
 * the new one beside the old one, then sign with the new one, and take the old one away when no
 * entry is left that it signed. Immutable and thread-safe.
 */
public final class TrustedKeys {
  private final Map<String, TrustedKey> keys;

  /** One key: what it is for, and whether bytes have that signature of it. */
  private record TrustedKey(Algorithm algorithm, BiPredicate<byte[], byte[]> verifies) {}

  private TrustedKeys(Map<String, TrustedKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * Begins a set of keys.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** What these keys say of an entry. */
  public sealed interface Verdict {
    /**
     * The entry is as it was when somebody signed it whose key is trusted.
     *
     * @param by who
     */
    record Trusted(SignedBy by) implements Verdict {}

    /**
     * Nobody who is trusted vouches for the entry as it is.
     *
     * @param reason {@link Reason#NOT_SIGNED}, {@link Reason#SIGNER_UNKNOWN} or {@link
     *     Reason#WRONGLY_SIGNED}
     * @param message key id and writer, as far as there are any, and which keys are trusted
     */
    record Distrusted(Reason reason, String message) implements Verdict {}
  }

  /**
   * Checks an entry's signature.
   *
   * @param entry what the entry says, and what the reader knows
   * @param signature what stands beside it; null if nothing does
   * @return who signed it, or why nobody who is trusted did
   */
  public Verdict check(SignedEntry entry, @Nullable EntrySignature signature) {
    if (signature == null) {
      return new Verdict.Distrusted(Reason.NOT_SIGNED, "it has no signature; " + trusted());
    }
    Optional<SignatureForm> read = SignatureForm.read(signature);
    if (read.isEmpty()) {
      return new Verdict.Distrusted(
          Reason.WRONGLY_SIGNED, "its signature has a form that this version does not know");
    }
    SignedBy by = read.get().by();
    TrustedKey key = keys.get(by.keyId());
    if (key == null) {
      return new Verdict.Distrusted(
          Reason.SIGNER_UNKNOWN, "it says that " + by + " signed it; " + trusted());
    }
    return key.verifies().test(entry.signedBytes(key.algorithm(), by), read.get().signature())
        ? new Verdict.Trusted(by)
        : new Verdict.Distrusted(
            Reason.WRONGLY_SIGNED,
            "it says that " + by + " signed it, and that key's signature is another one");
  }

  /**
   * Whether entries of a signer would be believed.
   *
   * @param signer the signer
   * @return whether its key is among these
   */
  public boolean trust(Signer signer) {
    return check(Signer.PROBE, signer.sign(Signer.PROBE)) instanceof Verdict.Trusted;
  }

  private String trusted() {
    return keys.isEmpty()
        ? "no key is trusted here"
        : "trusted are " + new TreeSet<>(keys.keySet());
  }

  /** The ids, and nothing of the keys. */
  @Override
  public String toString() {
    return trusted();
  }

  /** Collects keys. Not thread-safe. */
  public static final class Builder {
    private final Map<String, TrustedKey> keys = new HashMap<>();

    private Builder() {}

    /**
     * Trusts whoever has a secret; see {@link Signer#hmac}.
     *
     * @param keyId the key's name
     * @param secret at least 32 random bytes, copied
     * @return this builder
     * @throws IllegalArgumentException if the name or the secret is none, or the name is taken
     */
    public Builder hmac(String keyId, byte[] secret) {
      HmacKey key = new HmacKey(secret);
      return put(keyId, new TrustedKey(Algorithm.HMAC, key::verify));
    }

    /**
     * Trusts whoever has the private key of a pair; see {@link Signer#ed25519}.
     *
     * @param keyId the key's name
     * @param key the public key
     * @return this builder
     * @throws IllegalArgumentException if the name is none or taken, or the key is of another
     *     algorithm
     */
    public Builder ed25519(String keyId, PublicKey key) {
      PublicKey checked = Ed25519.check(key);
      return put(
          keyId,
          new TrustedKey(
              Algorithm.ED25519, (bytes, signed) -> Ed25519.verify(checked, bytes, signed)));
    }

    private Builder put(String keyId, TrustedKey key) {
      new SignedBy("any writer", keyId); // Refuses what is no key id.
      if (keys.putIfAbsent(keyId, key) != null) {
        throw new IllegalArgumentException(
            "there are two keys " + keyId + "; give each key an id of its own, for ever");
      }
      return this;
    }

    /**
     * Builds the set.
     *
     * @return the keys; without any, nothing is trusted
     */
    public TrustedKeys build() {
      return new TrustedKeys(keys);
    }
  }
}
