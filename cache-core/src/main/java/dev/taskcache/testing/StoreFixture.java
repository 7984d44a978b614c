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
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Unusable;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
   * @return an empty store: no rows in any namespace
   */
  protected abstract CacheStore open();

  /**
   * Lets time pass for everything in the store, and for what it remembers and has not written yet.
   * By how much the store's own clock shows another time afterwards is open: a database's does not
   * move, so its rows' times do.
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
    return claim(of, owner, rejected, "run");
  }

  Optional<Lease> claim(EntryId of, String owner, @Nullable Long rejected, @Nullable String run) {
    return store.claim(of, new Claim(owner, LEASE, rejected, "contract", run));
  }

  /** An entry under the test's id. */
  CacheEntry publish(String text) {
    return publish(id, result(text));
  }

  /** An entry under an id that nobody holds and that has none. */
  CacheEntry publish(EntryId under, NewEntry result) {
    Lease lease =
        store
            .claim(
                under,
                new Claim("publisher", LEASE, null, result.component(), result.producer().run()))
            .orElseThrow();
    return stored(store.publish(lease, result));
  }

  /** What the store's clock shows, as far as an entry of now tells. */
  Instant now() {
    return publish(newId("clock"), result("now")).createdAt();
  }

  static EntryId newId() {
    return newId(NAMESPACE);
  }

  static EntryId newId(String namespace) {
    String digits = ValueDigest.of(InputValue.of(UUID.randomUUID().toString())).hex();
    return new EntryId(namespace, CacheKey.parse("k1:" + digits));
  }

  static NewEntry result(String text) {
    return result(text, null);
  }

  static NewEntry result(String text, @Nullable Duration lifetime) {
    return result(text, lifetime, "contract", "run");
  }

  static NewEntry result(String text, @Nullable Duration lifetime, String component, String run) {
    Outputs outputs = Outputs.of(Map.of("text", text));
    ValueDigest digest = ValueDigest.of(outputs.values());
    return new NewEntry(
        outputs,
        digest.hex(),
        digest.bytes(),
        new KeyParts(
            Map.of(KeyPart.INPUTS, new KeyParts.Part("ab", Map.of("x", "0011"), Map.of("x", "1")))),
        component,
        new TaskIdentity("pipeline", run, "task"),
        Duration.ofMillis(1234),
        lifetime);
  }

  /** A result of a task that ran for a given time. */
  static NewEntry lasting(NewEntry result, Duration duration) {
    return new NewEntry(
        result.outputs(),
        result.digest(),
        result.bytes(),
        result.parts(),
        result.component(),
        result.producer(),
        duration,
        result.lifetime());
  }

  /** What a store found of one kind of unusable entry. */
  static <U extends Unusable> U unusable(Class<U> kind, Found<?> found) {
    assertThat(found.entry()).isEmpty();
    assertThat(found.unusable()).isInstanceOf(kind);
    return kind.cast(Objects.requireNonNull(found.unusable()));
  }

  /** What a plan is told of one id. */
  Found<EntryHeader> planned(EntryId each) {
    Map<EntryId, Found<EntryHeader>> found = store.findAll(List.of(each));
    assertThat(found).containsOnlyKeys(each);
    return Objects.requireNonNull(found.get(each));
  }

  static CacheEntry stored(WriteOutcome.Published published) {
    assertThat(published).isInstanceOf(WriteOutcome.Stored.class);
    return ((WriteOutcome.Stored) published).entry();
  }
}
