package dev.taskcache.flight;

import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Lease;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of tasks that run in this JVM, at a third of their life. Thread-safe. */
public final class LeaseKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final int RENEWALS_PER_LIFE = 3;

  private final CacheStore store;
  private final Duration length;
  private final @Nullable ScheduledExecutorService scheduler;
  private final ConcurrentHashMap<Lease, Kept> kept = new ConcurrentHashMap<>();

  /**
   * A keeper without leases.
   *
   * @param store where the leases are
   * @param length how long a lease lives
   * @param scheduler the caller's; null if nobody is to renew
   */
  public LeaseKeeper(
      CacheStore store, Duration length, @Nullable ScheduledExecutorService scheduler) {
    this.store = store;
    this.length = length;
    this.scheduler = scheduler;
  }

  /** What becomes of a lease while it is kept. Called on the scheduler's thread. */
  public interface Watch {
    /** It is lost before it was released; told once. */
    void lost();

    /**
     * It could not be renewed; the next renewal tries again.
     *
     * @param failure what the store threw
     */
    void failed(RuntimeException failure);
  }

  private record Kept(@Nullable ScheduledFuture<?> renewal) {
    void stop() {
      if (renewal != null) {
        renewal.cancel(false);
      }
    }
  }

  /**
   * Keeps a lease until it is released.
   *
   * @param lease a lease that this JVM's task runs under
   * @param watch is told what becomes of it
   */
  public void keep(Lease lease, Watch watch) {
    kept.put(lease, new Kept(schedule(lease, watch)));
  }

  private @Nullable ScheduledFuture<?> schedule(Lease lease, Watch watch) {
    if (scheduler == null) {
      return null;
    }
    long period = Math.max(1, length.toNanos() / RENEWALS_PER_LIFE);
    try {
      return scheduler.scheduleWithFixedDelay(
          () -> renew(lease, watch), period, period, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.warn("The scheduler is shut down, so nobody renews the lease of {}", lease.id(), e);
      return null;
    }
  }

  private void renew(Lease lease, Watch watch) {
    try {
      // A renewal that was under way when the task ended is refused, too, and nothing is lost.
      if (!store.renew(lease, length) && release(lease)) {
        LOG.warn("The lease of {} is lost; its task's result may not be stored", lease.id());
        watch.lost();
      }
    } catch (RuntimeException e) {
      // The next renewal tries again; until the lease is over nothing is lost.
      LOG.warn("The lease of {} could not be renewed", lease.id(), e);
      watch.failed(e);
    }
  }

  /**
   * Stops keeping a lease.
   *
   * @param lease the lease
   * @return false if it was not kept any more
   */
  public boolean release(Lease lease) {
    Kept before = kept.remove(lease);
    if (before != null) {
      before.stop();
    }
    return before != null;
  }

  /**
   * Gives back all leases that are kept, one after another, for as long as there is time.
   *
   * @param longest how long it may take; a store call that has begun is not cut off
   */
  public void abandonAll(Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    for (Lease lease : kept.keySet()) {
      release(lease);
      if (System.nanoTime() < deadline) {
        try {
          store.abandon(lease);
        } catch (RuntimeException e) {
          LOG.warn("The lease of {} could not be given back; it ends by itself", lease.id(), e);
        }
      }
    }
  }
}
