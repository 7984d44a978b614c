package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often entries were served since that was last written down. Thread-safe. */
final class UseCounts {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  // What nobody writes down must not fill the memory; the oldest uses count as well as the newest.
  private static final int MOST_KEPT = 100_000;
  private static final int BATCH = 1_000;
  private static final Comparator<EntryId> SORTED =
      Comparator.comparing((EntryId id) -> id.key().toString()).thenComparing(EntryId::namespace);

  private final ConcurrentHashMap<EntryId, LongAdder> uses = new ConcurrentHashMap<>();

  /** One entry's uses. */
  record Use(EntryId id, long count) {
    Session.Binder binder() {
      return parameters -> parameters.number(count).id(id);
    }
  }

  /** Writes a batch down. */
  @FunctionalInterface
  interface Sink {
    void write(List<Use> batch);
  }

  void add(EntryId id) {
    LongAdder count = uses.get(id);
    if (count == null && uses.size() < MOST_KEPT) {
      count = uses.computeIfAbsent(id, ignored -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
  }

  /** Writes all of them down; in the order of their ids, so that two processes cannot lock up. */
  void flush(Sink sink) {
    List<Use> batch = new ArrayList<>();
    for (EntryId id : uses.keySet().stream().sorted(SORTED).toList()) {
      LongAdder count = uses.remove(id);
      if (count != null) {
        batch.add(new Use(id, count.sum()));
      }
      if (batch.size() == BATCH) {
        write(sink, batch);
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      write(sink, batch);
    }
  }

  private static void write(Sink sink, List<Use> batch) {
    try {
      sink.write(List.copyOf(batch));
    } catch (RuntimeException e) {
      LOG.warn("{} entries were served, and that could not be written down", batch.size(), e);
    }
  }
}
