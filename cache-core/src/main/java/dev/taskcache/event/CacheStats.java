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
public final class CacheStats implements CacheListener {
  private final CountBuffer buffer = new CountBuffer();
  private final Counting counting = new Counting(buffer::count);

  /** Nothing was counted yet. */
  public CacheStats() {}

  /**
   * Adds the same figures to those of all processes. A cache does so by itself.
   *
   * @param statistics where they are kept
   * @return a listener that counts
   */
  public static CacheListener into(Statistics statistics) {
    return Counting.into(statistics);
  }

  /**
   * The figures so far.
   *
   * @return one for each component, sorted by namespace and component
   */
  public List<ComponentStats> components() {
    return ComponentStats.of(buffer.all());
  }

  @Override
  public void onDecision(DecisionEvent event) {
    counting.onDecision(event);
  }

  @Override
  public void onRun(RunEvent event) {
    counting.onRun(event);
  }

  @Override
  public void onPublished(PublishedEvent event) {
    counting.onPublished(event);
  }

  @Override
  public void onRaceLost(RaceLostEvent event) {
    counting.onRaceLost(event);
  }

  @Override
  public void onNotReproducible(IrreproducibleEvent event) {
    counting.onNotReproducible(event);
  }

  @Override
  public void onStoreFailed(StoreFailedEvent event) {
    counting.onStoreFailed(event);
  }
}
