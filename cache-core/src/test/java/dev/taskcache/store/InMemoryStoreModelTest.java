package dev.taskcache.store;

import dev.taskcache.testing.SettableClock;
import dev.taskcache.testing.StoreModelContract;
import java.time.Duration;

/** The store in memory against itself: that the sequences are what they are meant to be. */
class InMemoryStoreModelTest extends StoreModelContract {
  private final SettableClock clock = new SettableClock();

  @Override
  protected CacheStore open() {
    return new InMemoryStore(clock);
  }

  @Override
  protected void elapse(Duration step) {
    clock.advance(step);
  }
}
