package dev.taskcache.store;

import dev.taskcache.explain.Earlier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The newest entries of each component, in memory. Thread-safe. */
final class NewestEntries {
  // As many as an explanation looks at.
  private static final int KEPT = 64;

  private final ConcurrentHashMap<Component, Deque<Earlier>> newest = new ConcurrentHashMap<>();

  private record Component(String namespace, String name) {}

  void add(EntryId id, String component, Earlier added) {
    newest.compute(
        new Component(id.namespace(), component),
        (name, before) -> {
          Deque<Earlier> after = before == null ? new ArrayDeque<>() : new ArrayDeque<>(before);
          after.removeIf(each -> each.key().equals(added.key()));
          after.addFirst(added);
          if (after.size() > KEPT) {
            after.removeLast();
          }
          return after;
        });
  }

  void remove(EntryId id, String component) {
    newest.computeIfPresent(
        new Component(id.namespace(), component),
        (name, before) -> {
          Deque<Earlier> after = new ArrayDeque<>(before);
          after.removeIf(each -> each.key().equals(id.key()));
          return after;
        });
  }

  List<Earlier> of(String namespace, String component, int most) {
    Deque<Earlier> entries = newest.get(new Component(namespace, component));
    return entries == null ? List.of() : entries.stream().limit(most).toList();
  }
}
