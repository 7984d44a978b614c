package dev.taskcache.jdbc;

import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * When leases were claimed and renewed, by the clock of the process that holds them. So it can tell
 * whether it may have lost one: a process that got no time to renew may, any other may not.
 */
final class LeaseTimes {
  // SQLite's clock has milliseconds.
  private static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(5);

  private final long length;
  private final Map<Lease, Long> alive = new ConcurrentHashMap<>();
  private final ThreadLocal<Boolean> late = ThreadLocal.withInitial(() -> false);

  LeaseTimes(Duration length) {
    this.length = length.toNanos() - TOLERANCE;
  }

  /** The same store, watched. */
  CacheStore watching(CacheStore store) {
    return (CacheStore)
        Proxy.newProxyInstance(
            CacheStore.class.getClassLoader(),
            new Class<?>[] {CacheStore.class},
            (proxy, method, arguments) -> {
              long start = System.nanoTime();
              Object result;
              try {
                result = method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              switch (method.getName()) {
                case "claim" -> ((Optional<?>) result).ifPresent(it -> claimed((Lease) it, start));
                case "renew" -> renewed((Lease) arguments[0], (Boolean) result, start);
                case "publish" -> published((Lease) arguments[0]);
                default -> {}
              }
              return result;
            });
  }

  private void claimed(Lease lease, long start) {
    alive.put(lease, start);
  }

  private void renewed(Lease lease, boolean held, long start) {
    if (held) {
      alive.computeIfPresent(lease, (key, before) -> start);
    }
  }

  private void published(Lease lease) {
    Long since = alive.remove(lease);
    late.set(since != null && System.nanoTime() - since >= length);
  }

  /** Whether the lease that this thread published under last may have ended before. */
  boolean wasLate() {
    return late.get();
  }
}
