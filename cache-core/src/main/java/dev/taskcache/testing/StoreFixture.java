package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of a store share: the store, an id that nobody else uses, results. */
abstract class StoreFixture {
  static final Duration LEASE = Duration.ofMinutes(1);
  static final String NAMESPACE = "contract";

  @SuppressWarnings("NullAway.Init") // Set before each test.
  CacheStore store;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  EntryId id;

  /**
   * Opens a store, which the suite closes.
   *
   * @return a store without entries in the namespaces {@code contract} and {@code another}
   */
  protected abstract CacheStore open();

  /**
   * Lets time pass for everything in the store.
   *
   * @param step how much
   */
  protected abstract void elapse(Duration step);

  @BeforeEach
  void openStore() {
    store = open();
    id = newId();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  Optional<Lease> claim(String owner) {
    return claim(id, owner, null);
  }

  Optional<Lease> claim(EntryId of, String owner, @Nullable Long rejected) {
    return store.claim(of, new Claim(owner, LEASE, rejected, "contract", "run"));
  }

  /** An entry under the test's id. */
  CacheEntry publish(String text) {
    return stored(store.publish(claim("publisher").orElseThrow(), result(text)));
  }

  static EntryId newId() {
    String digits = ValueDigest.of(InputValue.of(UUID.randomUUID().toString())).hex();
    return new EntryId(NAMESPACE, CacheKey.parse("k1:" + digits));
  }

  static NewEntry result(String text) {
    return result(text, null);
  }

  static NewEntry result(String text, @Nullable Duration lifetime) {
    Outputs outputs = Outputs.of(Map.of("text", text));
    ValueDigest digest = ValueDigest.of(outputs.values());
    return new NewEntry(
        outputs,
        digest.hex(),
        digest.bytes(),
        new KeyParts(
            Map.of(KeyPart.INPUTS, new KeyParts.Part("ab", Map.of("x", "0011"), Map.of("x", "1")))),
        "contract",
        new TaskIdentity("pipeline", "run", "task"),
        Duration.ofMillis(1234),
        lifetime);
  }

  static CacheEntry stored(WriteOutcome.Published published) {
    assertThat(published).isInstanceOf(WriteOutcome.Stored.class);
    return ((WriteOutcome.Stored) published).entry();
  }
}
