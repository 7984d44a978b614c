package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who in this process wants to be told of which key. Thread-safe. */
final class Subscriptions {
  private final ConcurrentHashMap<String, Set<Subscription>> byPayload = new ConcurrentHashMap<>();

  /** One waiter's wish. */
  final class Subscription implements AutoCloseable {
    private final String payload;
    private final Runnable told;

    private Subscription(String payload, Runnable told) {
      this.payload = payload;
      this.told = told;
    }

    @Override
    public void close() {
      byPayload.computeIfPresent(
          payload,
          (key, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }

  Subscription add(EntryId id, Runnable told) {
    Subscription subscription =
        new Subscription(Awaited.payload(Parameters.keyBytes(id.key())), told);
    byPayload.compute(
        subscription.payload,
        (key, before) -> {
          Set<Subscription> all = before == null ? ConcurrentHashMap.newKeySet() : before;
          all.add(subscription);
          return all;
        });
    return subscription;
  }

  boolean isEmpty() {
    return byPayload.isEmpty();
  }

  /** Tells those who want to know of a key, in whatever namespace. */
  void tell(String payload) {
    byPayload.getOrDefault(payload, Set.of()).forEach(each -> each.told.run());
  }

  /** Tells everybody to see for himself. */
  void tellAll() {
    byPayload.keySet().forEach(this::tell);
  }
}
