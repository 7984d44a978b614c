package dev.taskcache.jdbc;

import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Lease;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When leases were claimed, by the clock of the process that holds them; and when that process, its
 * scheduler or the store was so slow that it could not renew in time. So it can tell whether a
 * lease may have been lost: where nothing was slow none may.
 */
final class LeaseTimes {
  // A renewal is due after a third of a lease, and two may come to nothing.
  private static final int SLOW_STEPS_PER_LIFE = 5;
  private static final int TICKS_PER_LIFE = 20;

  private final long slow;
  private final Map<Lease, Long> alive = new ConcurrentHashMap<>();
  private final Map<Object, Long> running = new ConcurrentHashMap<>();
  private final ThreadLocal<Long> step = ThreadLocal.withInitial(System::nanoTime);
  private final ThreadLocal<Boolean> late = ThreadLocal.withInitial(() -> false);
  private volatile long lastSlow;
  private volatile boolean everSlow;

  /**
   * Watches leases of some length, and the scheduler that renews them: when it is late for this it
   * is late for them.
   */
  LeaseTimes(Duration length, ScheduledExecutorService scheduler) {
    slow = length.toNanos() / SLOW_STEPS_PER_LIFE;
    long period = length.toNanos() / TICKS_PER_LIFE;
    AtomicLong lastTick = new AtomicLong(System.nanoTime());
    scheduler.scheduleWithFixedDelay(
        () -> took(lastTick.getAndSet(System.nanoTime())), period, period, TimeUnit.NANOSECONDS);
  }

  /** This thread begins a task. */
  void begin() {
    took(step.get());
  }

  /** This thread has ended its task, and publishes its result next. */
  void end() {
    step.set(System.nanoTime());
  }

  private void took(long since) {
    long now = System.nanoTime();
    if (now - since >= slow) {
      lastSlow = now;
      everSlow = true;
    }
  }

  /** The same store, watched. */
  CacheStore watching(CacheStore store) {
    return (CacheStore)
        Proxy.newProxyInstance(
            CacheStore.class.getClassLoader(),
            new Class<?>[] {CacheStore.class},
            (proxy, method, arguments) -> {
              long start = System.nanoTime();
              Object call = new Object();
              Object result;
              running.put(call, start);
              try {
                result = method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                running.remove(call);
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
    step.set(start);
    alive.put(lease, start);
  }

  private void renewed(Lease lease, boolean held, long start) {
    took(start);
    if (held) {
      alive.computeIfPresent(lease, (key, before) -> start);
    }
  }

  private void published(Lease lease) {
    took(step.get());
    running.values().forEach(this::took); // A renewal may still be waiting for the store.
    Long since = alive.remove(lease);
    late.set(since != null && everSlow && lastSlow - since > 0);
  }

  /** Whether the lease that this thread published under last may have ended before. */
  boolean wasLate() {
    return late.get();
  }
}
