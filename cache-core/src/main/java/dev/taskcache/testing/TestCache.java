package dev.taskcache.testing;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskCacheBuilder;
import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.InMemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

/**
 * One test's own cache: nobody else sees its entries, whichever store they are in; with its clock,
 * its events, and faults on demand. {@link TaskCacheExtension} gives one to each test. Thread-safe.
 */
public final class TestCache implements AutoCloseable {
  private final CacheStore sound;
  private final FaultyStore store;
  private final SettableClock clock;
  private final Runnable clear;
  private final RecordingListener events = new RecordingListener();
  private final Collection<TaskCache> caches = new ConcurrentLinkedQueue<>();
  private final TaskCache cache;
  private final TaskCache seeding;

  private TestCache(
      CacheStore sound,
      SettableClock clock,
      Runnable clear,
      UnaryOperator<TaskCacheBuilder> settings) {
    this.sound = sound;
    this.clock = clock;
    this.clear = clear;
    this.store = new FaultyStore(sound, clock, seed());
    this.cache = newCache(builder -> settings.apply(builder).listener(events));
    this.seeding = TaskCache.builder(sound).clock(clock).keepInputValues().build();
  }

  /**
   * A cache in memory.
   *
   * @param settings what else its builder is told; it keeps values of inputs, for explanations
   * @return the cache, whose clock shows the first of January 2026
   */
  public static TestCache inMemory(UnaryOperator<TaskCacheBuilder> settings) {
    SettableClock clock = new SettableClock();
    return new TestCache(new InMemoryStore(clock), clock, () -> {}, settings);
  }

  /**
   * A cache in a store that other tests use at the same time: its namespaces are its own, whatever
   * they are called.
   *
   * @param shared the store, which the caller closes
   * @param settings what else its builder is told; it keeps values of inputs, for explanations
   * @return the cache, whose clock shows the present time
   */
  public static TestCache on(SharedStore shared, UnaryOperator<TaskCacheBuilder> settings) {
    String prefix = "test " + UUID.randomUUID() + "/";
    Instant start = Clock.systemUTC().instant();
    SettableClock clock = new SettableClock(start, step -> shared.elapse(prefix, step));
    CacheStore own =
        new IsolatedStore(shared.store(), prefix, () -> Duration.between(start, clock.instant()));
    return new TestCache(own, clock, () -> shared.clear(prefix), settings);
  }

  private static long seed() {
    return Long.getLong("taskcache.tests.seed", ThreadLocalRandom.current().nextLong());
  }

  /**
   * The cache that is tested.
   *
   * @return always the same
   */
  public TaskCache cache() {
    return cache;
  }

  /**
   * Another cache on the same store, as another process would have. Its events go to the listeners
   * that the settings add, and nowhere else.
   *
   * @param settings what its builder is told beyond store and clock
   * @return the cache; closed with this one
   */
  public TaskCache newCache(UnaryOperator<TaskCacheBuilder> settings) {
    TaskCache another =
        settings.apply(TaskCache.builder(store).clock(clock).keepInputValues()).build();
    caches.add(another);
    return another;
  }

  /**
   * The store, for faults on demand, and for what a test does to entries.
   *
   * @return always the same; its seed is {@code -Dtaskcache.tests.seed} if that is set, else by
   *     chance, and in the messages of its failures
   */
  public FaultyStore store() {
    return store;
  }

  /**
   * The clock of the cache and of its entries: moving it makes entries older, and ends leases.
   *
   * @return always the same
   */
  public SettableClock clock() {
    return clock;
  }

  /**
   * What the cache decided and did so far.
   *
   * @return always the same
   */
  public RecordingListener events() {
    return events;
  }

  /**
   * Begins to say what there is before the test asks for it.
   *
   * @param request a request as the test will ask it, with its outputs unless its result is typed
   * @return what says what there is
   */
  public Given given(TaskRequest request) {
    return new Given(seeding, request);
  }

  /** Closes the caches, and deletes the entries. */
  @Override
  public void close() {
    caches.forEach(TaskCache::close);
    seeding.close();
    clear.run();
    if (sound instanceof InMemoryStore) {
      sound.close();
    }
  }
}
