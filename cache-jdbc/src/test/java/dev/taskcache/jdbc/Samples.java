package dev.taskcache.jdbc;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.OutputSchema;
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
import java.util.UUID;

/** Ids, leases, results and requests for tests. */
final class Samples {
  static final Duration LEASE = Duration.ofMinutes(1);
  static final String NAMESPACE = "default";

  private Samples() {}

  /** An id that nobody else has. */
  static EntryId newId() {
    String digits = ValueDigest.of(InputValue.of(UUID.randomUUID().toString())).hex();
    return new EntryId(NAMESPACE, CacheKey.parse("k1:" + digits));
  }

  static Claim claim(String owner) {
    return new Claim(owner, LEASE, null, "train", "run");
  }

  static Lease lease(CacheStore store, EntryId id) {
    return store.claim(id, claim("owner")).orElseThrow();
  }

  static NewEntry result(String text) {
    Outputs outputs = text(text);
    ValueDigest digest = ValueDigest.of(outputs.values());
    return new NewEntry(
        outputs,
        digest.hex(),
        digest.bytes(),
        new KeyParts(
            Map.of(KeyPart.INPUTS, new KeyParts.Part("ab", Map.of("x", "0011"), Map.of("x", "1")))),
        "train",
        new TaskIdentity("pipeline", "run", "train"),
        Duration.ofMillis(1234),
        null);
  }

  /** An entry with this text. */
  static CacheEntry stored(CacheStore store, EntryId id, String text) {
    WriteOutcome.Published outcome = store.publish(lease(store, id), result(text));
    return ((WriteOutcome.Stored) outcome).entry();
  }

  /** A request whose task returns a text. */
  static TaskRequest train(int epochs) {
    return TaskRequest.builder(ComponentSpec.named("train"))
        .version("1")
        .identity(new TaskIdentity("pipeline", "7", "train"))
        .input("epochs", epochs)
        .build();
  }

  /** A request whose task returns {@link #text}; each number is a run of its own. */
  static TaskRequest named(int epochs) {
    return in(NAMESPACE, epochs);
  }

  /** The same in another namespace. */
  static TaskRequest in(String namespace, int epochs) {
    return TaskRequest.builder(ComponentSpec.named("train"))
        .namespace(namespace)
        .version("1")
        .identity(new TaskIdentity("pipeline", "run " + epochs, "train"))
        .input("epochs", epochs)
        .outputs(OutputSchema.parse("{\"text\":\"text\"}"))
        .build();
  }

  static Outputs text(String text) {
    return Outputs.of(Map.of("text", text));
  }
}
