package dev.taskcache.jdbc.kfp;

import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.KeyOptions;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.TaskKey;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.kfp.KfpFingerprint;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Moves rows into a store, a few at a time: outputs may be large. Not thread-safe. */
final class Mover {
  /** What people call the component, where a table says nothing of it. */
  static final String COMPONENT = "kubeflow-v1";

  private static final int BATCH = 32;

  private final CacheStore store;
  private final String namespace;
  private final CacheTable table;
  private final Connection texts;
  private final Tally tally;
  private final List<Waiting> waiting = new ArrayList<>();

  Mover(CacheStore store, String namespace, CacheTable table, Connection texts, Tally tally) {
    this.store = store;
    this.namespace = namespace;
    this.table = table;
    this.texts = texts;
    this.tally = tally;
  }

  private record Waiting(EntryId id, long row, Duration age, @Nullable Duration lifetime) {}

  void add(CachedRow row, long now, long maximum) throws SQLException {
    CacheKey key = CacheKey.parse(KfpFingerprint.V1 + ":" + row.key());
    waiting.add(
        new Waiting(
            new EntryId(namespace, key),
            row.id(),
            Duration.ofSeconds(row.age(now)),
            row.left(now, maximum)));
    if (waiting.size() == BATCH) {
      flush();
    }
  }

  /** Moves those that wait. What is in the store already costs one look for all of them. */
  void flush() throws SQLException {
    if (waiting.isEmpty()) {
      return;
    }
    Map<EntryId, Found<EntryHeader>> there =
        store.findAll(waiting.stream().map(Waiting::id).toList());
    List<Waiting> missing =
        waiting.stream()
            .filter(each -> there.getOrDefault(each.id(), Found.nothing()).storedEntry() == null)
            .toList();
    tally.alreadyThere += waiting.size() - missing.size();
    waiting.clear();
    if (!missing.isEmpty()) {
      Map<Long, @Nullable String> outputs =
          table.outputs(texts, missing.stream().map(Waiting::row).toList());
      missing.forEach(each -> move(each, outputs.get(each.row())));
    }
  }

  private void move(Waiting row, @Nullable String output) {
    Outputs outputs;
    ValueDigest digest;
    try {
      outputs = V1Output.read(output);
      digest = ValueDigest.of(outputs.values());
    } catch (InvalidRequestException e) {
      tally.unreadable++;
      return;
    }
    NewEntry entry =
        new NewEntry(
            outputs,
            digest.hex(),
            digest.bytes(),
            parts(row.id().key()),
            COMPONENT,
            TaskIdentity.UNKNOWN,
            Duration.ZERO,
            row.lifetime());
    WriteOutcome.Published outcome = store.publishUnleased(row.id(), entry, row.age());
    if (outcome instanceof WriteOutcome.Stored) {
      tally.moved++;
    } else if (outcome instanceof WriteOutcome.AlreadyStored) {
      tally.alreadyThere++;
    } else {
      tally.refused++;
    }
  }

  /** Those that a request for the row has, too. */
  private static KeyParts parts(CacheKey key) {
    ComponentSpec component = ComponentSpec.builder().name(COMPONENT).foreignKey(key).build();
    return TaskKey.of(
            component, null, InputValue.MapValue.EMPTY, OutputSchema.NONE, KeyOptions.NONE)
        .parts(false);
  }
}
