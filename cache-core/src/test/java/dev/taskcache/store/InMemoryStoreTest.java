package dev.taskcache.store;

import dev.taskcache.testing.SettableClock;
import dev.taskcache.testing.StoreContract;
import java.time.Duration;

class InMemoryStoreTest extends StoreContract {
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
