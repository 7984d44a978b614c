package dev.taskcache.event;

import dev.taskcache.store.CountBuffer;
import dev.taskcache.store.Statistics;
import java.util.List;

/**
 * What a cache did in this process, for each component and namespace: a listener that counts. Give
 * it to the cache's builder, and ask it at any time. Thread-safe.
 *
 * <p>What all processes did together, those that have ended among them, is in the store: {@code
 * ComponentStats.of(store.statistics().since(time))}.
 */
public final class CacheStats extends Counting {
  private final CountBuffer buffer;

  /** Nothing was counted yet. */
  public CacheStats() {
    this(new CountBuffer());
  }

  private CacheStats(CountBuffer buffer) {
    super(buffer::count);
    this.buffer = buffer;
  }

  /**
   * Adds the same figures to those of all processes. A cache does so by itself.
   *
   * @param statistics where they are kept
   * @return a listener that counts
   */
  public static CacheListener into(Statistics statistics) {
    return new Counting(statistics::count);
  }

  /**
   * The figures so far.
   *
   * @return one for each component, sorted by namespace and component
   */
  public List<ComponentStats> components() {
    return ComponentStats.of(buffer.all());
  }
}
