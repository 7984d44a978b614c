package dev.taskcache.store;

import java.time.Duration;
import java.util.List;

/**
 * Counts of what was decided and done, kept beside the entries for all processes together. What a
 * counter's name means is said by whoever counts. They are figures for people: where a process dies
 * or a reply is lost, some are missing or counted twice. Thread-safe.
 */
public interface Statistics {
  /** Counts nothing. */
  Statistics NONE =
      new Statistics() {
        @Override
        public void count(String namespace, String component, String counter, long amount) {}

        @Override
        public List<Count> since(Duration time) {
          return List.of();
        }
      };

  /**
   * Adds to a counter. Remembered, and written later with others, at the latest when the store is
   * closed; never fails.
   *
   * @param namespace whose results
   * @param component the component
   * @param counter the counter's name
   * @param amount what to add
   */
  void count(String namespace, String component, String counter, long amount);

  /**
   * What all processes have written.
   *
   * @param time how far back, by the store's clock; rounded up to whole hours
   * @return the sums, sorted by namespace, component and counter
   * @throws StoreException as {@link CacheStore} says
   */
  List<Count> since(Duration time);

  /**
   * A sum.
   *
   * @param namespace whose results
   * @param component the component
   * @param counter the counter's name
   * @param value the sum
   */
  record Count(String namespace, String component, String counter, long value) {}
}
