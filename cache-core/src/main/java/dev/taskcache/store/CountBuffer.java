package dev.taskcache.store;

import dev.taskcache.store.Statistics.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** Counters in memory, of a bounded number of components. Thread-safe. */
public final class CountBuffer {
  /** What the components are called together that are more than are told apart. */
  public static final String OTHERS = "(others)";

  /** What nobody takes out must not fill the memory. */
  private static final int MOST_COMPONENTS = 10_000;

  private final ConcurrentHashMap<Place, ConcurrentHashMap<String, AtomicLong>> counters =
      new ConcurrentHashMap<>();

  private record Place(String namespace, String component) {}

  /** A buffer in which nothing was counted yet. */
  public CountBuffer() {}

  /**
   * Adds to a counter.
   *
   * @param namespace whose results
   * @param component the component; of more than 10,000 all are counted as {@link #OTHERS}
   * @param counter the counter's name; there should be some dozens at most
   * @param amount what to add
   */
  public void count(String namespace, String component, String counter, long amount) {
    Place place = new Place(namespace, component);
    ConcurrentHashMap<String, AtomicLong> here = counters.get(place);
    if (here == null) {
      Place kept = counters.size() < MOST_COMPONENTS ? place : new Place(namespace, OTHERS);
      here = counters.computeIfAbsent(kept, ignored -> new ConcurrentHashMap<>());
    }
    here.computeIfAbsent(counter, ignored -> new AtomicLong()).addAndGet(amount);
  }

  /**
   * Adds a sum.
   *
   * @param count the sum
   */
  public void count(Count count) {
    count(count.namespace(), count.component(), count.counter(), count.value());
  }

  /**
   * What was counted.
   *
   * @return the sums that are not zero, in no order
   */
  public List<Count> all() {
    return collect(AtomicLong::get);
  }

  /**
   * Takes out what was counted; what is counted meanwhile is in this list or the next.
   *
   * @return the sums that are not zero, in no order
   */
  public List<Count> drain() {
    return collect(counter -> counter.getAndSet(0));
  }

  private List<Count> collect(ToLongFunction<AtomicLong> value) {
    List<Count> sums = new ArrayList<>();
    counters.forEach(
        (place, here) ->
            here.forEach(
                (name, counter) -> {
                  long sum = value.applyAsLong(counter);
                  if (sum != 0) {
                    sums.add(new Count(place.namespace(), place.component(), name, sum));
                  }
                }));
    return sums;
  }
}
