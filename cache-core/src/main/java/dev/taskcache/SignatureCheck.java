package dev.taskcache;

import dev.taskcache.explain.Reason;
import dev.taskcache.policy.Trust;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.trust.SignedEntry;
import dev.taskcache.trust.Signer;
import dev.taskcache.trust.TrustedKeys;
import dev.taskcache.trust.TrustedKeys.Verdict;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whose entries are trusted in which namespace. Thread-safe. */
final class SignatureCheck {
  private static final Verdict NO_KEYS =
      new Verdict.Distrusted(
          Reason.SIGNER_UNKNOWN,
          "a signature is required, and this cache was given no keys for the namespace; say"
              + " TaskCacheBuilder.trust(keys)");

  private final Map<String, TrustedKeys> byNamespace;
  private final @Nullable TrustedKeys elsewhere;

  /** The keys of some namespaces, and those of all others. */
  SignatureCheck(Map<String, TrustedKeys> byNamespace, @Nullable TrustedKeys elsewhere) {
    this.byNamespace = Map.copyOf(byNamespace);
    this.elsewhere = elsewhere;
  }

  private @Nullable TrustedKeys keys(String namespace) {
    return byNamespace.getOrDefault(namespace, elsewhere);
  }

  boolean hasKeys(String namespace) {
    return keys(namespace) != null;
  }

  /** Refuses a signer whose own entries this cache would not believe, in no namespace. */
  void refuseStranger(@Nullable Signer signer) {
    boolean anyKeys = elsewhere != null || !byNamespace.isEmpty();
    if (signer != null && anyKeys && all().noneMatch(keys -> keys.trust(signer))) {
      throw new IllegalStateException(
          "this cache signs as "
              + signer
              + " and trusts that key in no namespace, so that it would replace its own entries; "
              + all().map(TrustedKeys::toString).distinct().toList());
    }
  }

  private Stream<TrustedKeys> all() {
    return Stream.concat(Stream.ofNullable(elsewhere), byNamespace.values().stream());
  }

  /**
   * What the keys of its namespace say of an entry; null if nothing needs to be said. Where there
   * are keys a signature that is there has to be right also where none is required.
   *
   * @param schema gives the digest of the output schema
   */
  @Nullable Verdict check(EntryHeader entry, Supplier<String> schema, Trust trust) {
    TrustedKeys keys = keys(entry.id().namespace());
    if (keys == null) {
      return trust == Trust.SIGNATURE_REQUIRED ? NO_KEYS : null;
    } else if (trust == Trust.UNSIGNED_ACCEPTED && entry.signature() == null) {
      return null;
    }
    return keys.check(SignedEntry.of(entry, schema.get()), entry.signature());
  }
}
