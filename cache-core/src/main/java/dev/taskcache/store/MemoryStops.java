package dev.taskcache.store;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/** What is stopped in a store in memory. Thread-safe. */
final class MemoryStops implements ReuseStops {
  private final CacheStore store;
  private final Supplier<Instant> clock;
  private final Map<String, Map<String, Stop>> stopped = new ConcurrentSkipListMap<>();

  MemoryStops(CacheStore store, Supplier<Instant> clock) {
    this.store = store;
    this.clock = clock;
  }

  boolean stopped(EntryId id, String component) {
    return !stopped.isEmpty() && of(id.namespace()).containsKey(component);
  }

  private Map<String, Stop> of(String namespace) {
    return stopped.getOrDefault(namespace, Map.of());
  }

  @Override
  public void stop(String namespace, String component, String by) {
    // Before what is there is invalidated, so that nothing is claimed behind it.
    stopped
        .computeIfAbsent(namespace, ignored -> new ConcurrentSkipListMap<>())
        .put(component, new Stop(component, by, clock.get()));
    store.invalidate(namespace, new EntrySelector.Component(component), by);
  }

  @Override
  public boolean clear(String namespace, String component) {
    Map<String, Stop> here = stopped.get(namespace);
    return here != null && here.remove(component) != null;
  }

  @Override
  public Optional<Stop> find(String namespace, String component) {
    return Optional.ofNullable(of(namespace).get(component));
  }

  @Override
  public List<Stop> list(String namespace) {
    return List.copyOf(of(namespace).values());
  }
}
