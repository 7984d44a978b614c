package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.store.Statistics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one that never throws. Thread-safe. */
public final class GuardedListeners implements CacheListener {
  private static final Logger LOG = LoggerFactory.getLogger(CacheListener.class);

  private final List<Guarded> listeners;

  /**
   * Guards listeners.
   *
   * @param listeners told in this order; copied
   */
  public GuardedListeners(List<CacheListener> listeners) {
    this.listeners = listeners.stream().map(Guarded::new).toList();
  }

  /**
   * Guards listeners, and adds the store's figures to them.
   *
   * @param listeners told in this order; copied
   * @param statistics where figures are kept
   * @return {@link CacheListener#NONE} if nobody is to be told
   */
  public static CacheListener of(List<CacheListener> listeners, Statistics statistics) {
    List<CacheListener> all = new ArrayList<>(listeners);
    if (statistics != Statistics.NONE) {
      all.add(CacheStats.into(statistics));
    }
    return all.isEmpty() ? NONE : new GuardedListeners(all);
  }

  private void tell(Consumer<CacheListener> call) {
    listeners.forEach(each -> each.tell(call));
  }

  @Override
  public void onDecision(DecisionEvent event) {
    tell(listener -> listener.onDecision(event));
  }

  @Override
  public void onOptionsConflict(OptionsConflictEvent event) {
    tell(listener -> listener.onOptionsConflict(event));
  }

  @Override
  public void onLeaseAcquired(Subject subject) {
    tell(listener -> listener.onLeaseAcquired(subject));
  }

  @Override
  public void onLeaseLost(Subject subject) {
    tell(listener -> listener.onLeaseLost(subject));
  }

  @Override
  public void onWaited(WaitEvent event) {
    tell(listener -> listener.onWaited(event));
  }

  @Override
  public void onVerificationFailed(VerificationEvent event) {
    tell(listener -> listener.onVerificationFailed(event));
  }

  @Override
  public void onRun(RunEvent event) {
    tell(listener -> listener.onRun(event));
  }

  @Override
  public void onPublished(PublishedEvent event) {
    tell(listener -> listener.onPublished(event));
  }

  @Override
  public void onRaceLost(RaceLostEvent event) {
    tell(listener -> listener.onRaceLost(event));
  }

  @Override
  public void onNotReproducible(IrreproducibleEvent event) {
    tell(listener -> listener.onNotReproducible(event));
  }

  @Override
  public void onStoreFailed(StoreFailedEvent event) {
    tell(listener -> listener.onStoreFailed(event));
  }

  @Override
  public void onBreakerOpened(BreakerEvent event) {
    tell(listener -> listener.onBreakerOpened(event));
  }

  @Override
  public void onBreakerClosed() {
    tell(CacheListener::onBreakerClosed);
  }

  private record Guarded(CacheListener listener, AtomicBoolean failed) {
    Guarded(CacheListener listener) {
      this(listener, new AtomicBoolean());
    }

    void tell(Consumer<CacheListener> call) {
      try {
        call.accept(listener);
      } catch (RuntimeException e) {
        if (failed.compareAndSet(false, true)) {
          LOG.warn(
              "The listener {} failed; later failures of it are not logged",
              listener.getClass(),
              e);
        }
      }
    }
  }
}
