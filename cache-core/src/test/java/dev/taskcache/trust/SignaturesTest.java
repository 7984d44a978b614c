package dev.taskcache.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySignature;
import dev.taskcache.trust.TrustedKeys.Verdict;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signature covers, and which are believed. */
class SignaturesTest {
  private static final byte[] SECRET = new byte[32];
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.000001Z");
  private static final Instant EXPIRES = Instant.parse("2026-01-01T01:00:00.000001Z");
  private static final SignedEntry ENTRY =
      new SignedEntry(id("main", "ab"), "cd".repeat(32), "ef".repeat(32), CREATED, null);
  private static final KeyPair PAIR = pair();

  static {
    for (byte i = 0; i < SECRET.length; i++) {
      SECRET[i] = i;
    }
  }

  private static EntryId id(String namespace, String digits) {
    return new EntryId(namespace, CacheKey.parse("k1:" + digits.repeat(32)));
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Signer signer(String algorithm) {
    return algorithm.equals("hmac")
        ? Signer.hmac("ci-2026", "ci", SECRET)
        : Signer.ed25519("ci-2026", "ci", PAIR.getPrivate());
  }

  private static TrustedKeys keys(String algorithm) {
    return algorithm.equals("hmac")
        ? TrustedKeys.builder().hmac("ci-2026", SECRET).build()
        : TrustedKeys.builder().ed25519("ci-2026", PAIR.getPublic()).build();
  }

  private static Reason reason(Verdict verdict) {
    return ((Verdict.Distrusted) verdict).reason();
  }

  /** Computed by other programs: Python's hmac, and the cryptography package. */
  @Test
  void theBytesThatAreSignedAreThoseOfThePage() throws Exception {
    String head = "01" + "07" + hex("ci-2026") + "02" + hex("ci");
    Signer hmac = Signer.hmac("ci-2026", "ci", SECRET);
    assertThat(hex(hmac.sign(ENTRY)))
        .isEqualTo(head + "744ee32fdb8707a2819ed3f41a4f14c08e55557ab9041962e8e286382d18337d");
    SignedEntry expiring =
        new SignedEntry(ENTRY.id(), ENTRY.schema(), ENTRY.outputs(), CREATED, EXPIRES);
    assertThat(hex(hmac.sign(expiring)))
        .isEqualTo(head + "56a6603673eb7498bed8f700991ee0327cc904b4e7ad7ff5026cdd58998cf377");
    PrivateKey key =
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, SECRET));
    assertThat(hex(Signer.ed25519("ci-2026", "ci", key).sign(ENTRY)))
        .isEqualTo(
            head
                + "4dacd61ede374300d3eaee151459f078a61358781de22d9ff2ab093a79ab9b20"
                + "b11ee8ef1e0dd9895563330160ca5618d654cf512083611c528c2265cf79c90a");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes());
  }

  private static String hex(EntrySignature signature) {
    return HexFormat.of().formatHex(signature.bytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hmac", "ed25519"})
  void anEntryIsTrustedOnlyAsItWasSigned(String algorithm) {
    EntrySignature signature = signer(algorithm).sign(ENTRY);
    TrustedKeys keys = keys(algorithm);
    assertThat(keys.check(ENTRY, signature))
        .isEqualTo(new Verdict.Trusted(new SignedBy("ci", "ci-2026")));

    String schema = ENTRY.schema();
    String outputs = ENTRY.outputs();
    List<SignedEntry> altered =
        List.of(
            new SignedEntry(id("pr", "ab"), schema, outputs, CREATED, null),
            new SignedEntry(id("main", "ac"), schema, outputs, CREATED, null),
            new SignedEntry(
                new EntryId("main", CacheKey.parse("kfp2:" + "ab".repeat(32))),
                schema,
                outputs,
                CREATED,
                null),
            new SignedEntry(ENTRY.id(), outputs, outputs, CREATED, null),
            new SignedEntry(ENTRY.id(), schema, schema, CREATED, null),
            new SignedEntry(ENTRY.id(), outputs, schema, CREATED, null),
            new SignedEntry(ENTRY.id(), schema, outputs, CREATED.plusNanos(1_000), null),
            new SignedEntry(ENTRY.id(), schema, outputs, CREATED, EXPIRES));
    assertThat(altered)
        .allSatisfy(
            each ->
                assertThat(reason(keys.check(each, signature)))
                    .as("%s", each)
                    .isEqualTo(Reason.WRONGLY_SIGNED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hmac", "ed25519"})
  void noOtherBytesAreASignatureOfIt(String algorithm) {
    byte[] signature = signer(algorithm).sign(ENTRY).bytes();
    TrustedKeys keys = keys(algorithm);
    for (int i = 0; i < signature.length; i++) {
      byte[] cut = Arrays.copyOf(signature, i);
      assertThat(keys.check(ENTRY, new EntrySignature(cut)))
          .as("%d bytes", i)
          .isInstanceOf(Verdict.Distrusted.class);
      for (int bit = 1; bit < 256; bit <<= 1) {
        byte[] altered = signature.clone();
        altered[i] ^= (byte) bit;
        assertThat(keys.check(ENTRY, new EntrySignature(altered)))
            .as("bit %d of byte %d", bit, i)
            .isInstanceOf(Verdict.Distrusted.class);
      }
    }
    byte[] longer = Arrays.copyOf(signature, signature.length + 1);
    assertThat(keys.check(ENTRY, new EntrySignature(longer)))
        .isInstanceOf(Verdict.Distrusted.class);
  }

  @Test
  void aKeyIsForOneAlgorithm() {
    // Who has only the public key must not get by with it as the secret of an HMAC.
    byte[] known = PAIR.getPublic().getEncoded();
    EntrySignature forged = Signer.hmac("ci-2026", "ci", known).sign(ENTRY);

    assertThat(reason(keys("ed25519").check(ENTRY, forged))).isEqualTo(Reason.WRONGLY_SIGNED);
    assertThat(reason(keys("hmac").check(ENTRY, signer("ed25519").sign(ENTRY))))
        .isEqualTo(Reason.WRONGLY_SIGNED);
  }

  @Test
  void whatIsNotTrustedSaysKeyAndWriter() {
    TrustedKeys keys = keys("ed25519");
    EntrySignature strange = Signer.hmac("laptop", "mallory", SECRET).sign(ENTRY);

    assertThat(keys.check(ENTRY, strange))
        .isEqualTo(
            new Verdict.Distrusted(
                Reason.SIGNER_UNKNOWN,
                "it says that mallory (key laptop) signed it; trusted are [ci-2026]"));
    assertThat(keys.check(ENTRY, null))
        .isEqualTo(
            new Verdict.Distrusted(
                Reason.NOT_SIGNED, "it has no signature; trusted are [ci-2026]"));
    assertThat(((Verdict.Distrusted) keys.check(ENTRY, signer("hmac").sign(ENTRY))).message())
        .contains("ci (key ci-2026)");
    assertThat(TrustedKeys.builder().build().check(ENTRY, strange))
        .hasToString(
            "Distrusted[reason=SIGNER_UNKNOWN, message=it says that mallory (key laptop) signed"
                + " it; no key is trusted here]");
  }

  @Test
  void severalKeysAreTrustedAtOnce() {
    byte[] next = new byte[32];
    Signer old = Signer.hmac("2025", "ci", SECRET);
    Signer now = Signer.hmac("2026", "ci", next);
    TrustedKeys both = TrustedKeys.builder().hmac("2025", SECRET).hmac("2026", next).build();
    TrustedKeys after = TrustedKeys.builder().hmac("2026", next).build();

    assertThat(both.check(ENTRY, old.sign(ENTRY))).isInstanceOf(Verdict.Trusted.class);
    assertThat(both.check(ENTRY, now.sign(ENTRY))).isInstanceOf(Verdict.Trusted.class);
    assertThat(reason(after.check(ENTRY, old.sign(ENTRY)))).isEqualTo(Reason.SIGNER_UNKNOWN);
    assertThat(after.trust(now)).isTrue();
    assertThat(after.trust(old)).isFalse();
    assertThat(after.trust(Signer.hmac("2026", "ci", SECRET))).isFalse();
  }

  @Test
  void manyThreadsSignAndCheckAtOnce() throws Exception {
    Signer signer = signer("hmac");
    TrustedKeys keys = keys("hmac");
    int threads = 4;
    int rounds = 2_000;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<Integer>> counts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String namespace = "namespace " + i;
      counts.add(
          executor.submit(
              () -> {
                int trusted = 0;
                for (int round = 0; round < rounds; round++) {
                  SignedEntry entry =
                      new SignedEntry(
                          id(namespace, "ab"), "", "", CREATED.plusSeconds(round), null);
                  boolean good = keys.check(entry, signer.sign(entry)) instanceof Verdict.Trusted;
                  trusted += good ? 1 : 0;
                }
                return trusted;
              }));
    }
    int all = 0;
    for (Future<Integer> each : counts) {
      all += each.get();
    }
    executor.shutdown();
    assertThat(all).isEqualTo(threads * rounds);
  }

  @Test
  void aCallersArrayCanBeWipedAfterwards() {
    byte[] secret = SECRET.clone();
    Signer signer = Signer.hmac("ci-2026", "ci", secret);
    TrustedKeys keys = TrustedKeys.builder().hmac("ci-2026", secret).build();
    Arrays.fill(secret, (byte) 7);

    assertThat(keys("hmac").check(ENTRY, signer.sign(ENTRY))).isInstanceOf(Verdict.Trusted.class);
    assertThat(keys.check(ENTRY, signer("hmac").sign(ENTRY))).isInstanceOf(Verdict.Trusted.class);
  }

  @Test
  void badKeysAreRefusedWhenTheyAreGiven() throws Exception {
    assertThatThrownBy(() -> Signer.hmac("k", "w", new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("31 bytes")
        .hasMessageContaining("openssl rand 32");
    for (String none : List.of("", "a\nb", "ä", "x".repeat(101))) {
      assertThatThrownBy(() -> Signer.hmac(none, "w", SECRET)).hasMessageContaining("key id");
      assertThatThrownBy(() -> Signer.hmac("k", none, SECRET)).hasMessageContaining("writer");
      assertThatThrownBy(() -> TrustedKeys.builder().hmac(none, SECRET))
          .hasMessageContaining("key id");
    }
    assertThatThrownBy(() -> TrustedKeys.builder().hmac("k", SECRET).ed25519("k", PAIR.getPublic()))
        .hasMessageContaining("two keys k");
    for (String other : List.of("Ed448", "RSA")) {
      KeyPair pair = KeyPairGenerator.getInstance(other).generateKeyPair();
      assertThatThrownBy(() -> Signer.ed25519("k", "w", pair.getPrivate()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is none of Ed25519");
      assertThatThrownBy(() -> TrustedKeys.builder().ed25519("k", pair.getPublic()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nothingShowsAKey() {
    String secret = HexFormat.of().formatHex(SECRET);
    assertThat(signer("hmac")).hasToString("ci (key ci-2026), HMAC-SHA256");
    assertThat(signer("ed25519")).hasToString("ci (key ci-2026), Ed25519");
    assertThat(keys("hmac")).hasToString("trusted are [ci-2026]");
    assertThat(hex(signer("hmac").sign(ENTRY))).doesNotContain(secret);
  }
}
