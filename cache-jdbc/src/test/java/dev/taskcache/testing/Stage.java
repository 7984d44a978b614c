package dev.taskcache.testing;

import dev.taskcache.TaskCacheBuilder;
import dev.taskcache.store.Purge;
import java.util.function.UnaryOperator;

/** A kind of store that situations are played in. */
interface Stage {
  /** A cache of one scene's own. */
  TestCache open(UnaryOperator<TaskCacheBuilder> settings);

  /** Purges the store, which has other scenes' entries too. */
  void purge(TestCache test, Purge purge);

  /** In memory. */
  record Memory() implements Stage {
    @Override
    public TestCache open(UnaryOperator<TaskCacheBuilder> settings) {
      return TestCache.inMemory(settings);
    }

    @Override
    public void purge(TestCache test, Purge purge) {
      test.store().purge(purge);
    }

    @Override
    public String toString() {
      return "in memory";
    }
  }

  /** In a database. */
  record Database(String name, SharedStore store) implements Stage {
    @Override
    public TestCache open(UnaryOperator<TaskCacheBuilder> settings) {
      return TestCache.on(store, settings);
    }

    @Override
    public void purge(TestCache test, Purge purge) {
      store.store().purge(purge);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
