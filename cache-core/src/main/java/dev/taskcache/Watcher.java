package dev.taskcache;

import dev.taskcache.event.BreakerEvent;
import dev.taskcache.event.CacheListener;
import dev.taskcache.store.StoreWatcher;
import java.time.Duration;

/** Passes what a store says of itself on to a cache's listeners. */
record Watcher(CacheListener listener) implements StoreWatcher {
  @Override
  public void leftAlone(Duration pause, String cause) {
    listener.onBreakerOpened(new BreakerEvent(pause, cause));
  }

  @Override
  public void answersAgain() {
    listener.onBreakerClosed();
  }
}
