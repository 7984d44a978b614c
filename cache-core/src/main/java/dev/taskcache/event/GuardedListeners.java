package dev.taskcache.event;

import dev.taskcache.explain.Subject;
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

  @Override
  public void onDecision(DecisionEvent event) {
    listeners.forEach(each -> each.tell(listener -> listener.onDecision(event)));
  }

  @Override
  public void onLeaseLost(Subject subject) {
    listeners.forEach(each -> each.tell(listener -> listener.onLeaseLost(subject)));
  }

  @Override
  public void onRun(RunEvent event) {
    listeners.forEach(each -> each.tell(listener -> listener.onRun(event)));
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
