package dev.taskcache.event;

import dev.taskcache.event.Counting.Counter;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.Statistics.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the cache did for one component in one namespace. Immutable and thread-safe.
 *
 * @param namespace whose results
 * @param component the component
 * @param decisions how often each decision was made; those that never were are left out
 * @param saved how long the recorded runs took that did not have to be repeated
 * @param servedBytes how many bytes of outputs hits brought
 * @param waits how many callers waited for others' runs, in the same process or another
 * @param waited how long, all together
 * @param runs how many tasks were run, those that failed among them
 * @param ran how long, all together
 * @param failures how many of them failed
 * @param stored how many results were stored
 * @param storedBytes how many bytes of outputs they had
 * @param racesLost how many results were not stored since another was faster
 * @param notReproducible how many runs for comparison gave another result
 * @param storeFailures how many calls of the store failed
 * @param lookUp how long a look-up took on average, without waiting; zero if there was none
 * @param writing how long storing a result took on average; zero if there was none
 */
public record ComponentStats(
    String namespace,
    String component,
    Map<Reason, Long> decisions,
    Duration saved,
    long servedBytes,
    long waits,
    Duration waited,
    long runs,
    Duration ran,
    long failures,
    long stored,
    long storedBytes,
    long racesLost,
    long notReproducible,
    long storeFailures,
    Duration lookUp,
    Duration writing) {
  /** As many runs as say something about how long one takes. */
  private static final int ENOUGH_RUNS = 3;

  /** Copies the map. */
  public ComponentStats {
    Map<Reason, Long> copy = new EnumMap<>(Reason.class);
    copy.putAll(decisions);
    decisions = Collections.unmodifiableMap(copy);
  }

  /** What there is to say about a component. */
  public enum Remark {
    /** Running it costs less than looking its result up and storing it: switch its caching off. */
    NOT_WORTH_CACHING,
    /** One of its tasks gave two results. */
    NOT_REPRODUCIBLE
  }

  /**
   * Sums up counters, of several processes if need be.
   *
   * @param counts as {@link dev.taskcache.store.Statistics#since} gives them; what this version
   *     does not know is left out
   * @return one for each component, sorted by namespace and component
   */
  public static List<ComponentStats> of(List<Count> counts) {
    Map<String, Map<String, Map<String, Long>>> sums = new TreeMap<>();
    for (Count count : counts) {
      sums.computeIfAbsent(count.namespace(), namespace -> new TreeMap<>())
          .computeIfAbsent(count.component(), component -> new HashMap<>())
          .merge(count.counter(), count.value(), Long::sum);
    }
    List<ComponentStats> all = new ArrayList<>();
    sums.forEach(
        (namespace, components) ->
            components.forEach(
                (component, counters) -> all.add(of(namespace, component, counters))));
    return all;
  }

  private static ComponentStats of(String namespace, String component, Map<String, Long> counters) {
    Map<Reason, Long> decisions = new EnumMap<>(Reason.class);
    for (Reason reason : Reason.values()) {
      Long times = counters.get(Counting.DECIDED + reason.name());
      if (times != null) {
        decisions.put(reason, times);
      }
    }
    return new ComponentStats(
        namespace,
        component,
        decisions,
        time(counters, Counter.SAVED_NS),
        sum(counters, Counter.SERVED_BYTES),
        sum(counters, Counter.WAITS),
        time(counters, Counter.WAITED_NS),
        sum(counters, Counter.RUNS),
        time(counters, Counter.RAN_NS),
        sum(counters, Counter.FAILURES),
        sum(counters, Counter.STORED),
        sum(counters, Counter.STORED_BYTES),
        sum(counters, Counter.RACES_LOST),
        sum(counters, Counter.NOT_REPRODUCIBLE),
        sum(counters, Counter.STORE_FAILURES),
        average(time(counters, Counter.LOOKED_UP_NS), sum(counters, Counter.LOOK_UPS)),
        average(time(counters, Counter.WRITING_NS), sum(counters, Counter.WRITES)));
  }

  private static long sum(Map<String, Long> counters, Counter counter) {
    return counters.getOrDefault(counter.text(), 0L);
  }

  private static Duration time(Map<String, Long> counters, Counter nanos) {
    return Duration.ofNanos(sum(counters, nanos));
  }

  private static Duration average(Duration sum, long times) {
    return times == 0 ? Duration.ZERO : sum.dividedBy(times);
  }

  /**
   * How many decisions were of a kind.
   *
   * @param kind the kind
   * @return the sum over its reasons
   */
  public long count(Reason.Kind kind) {
    return decisions.entrySet().stream()
        .filter(each -> each.getKey().kind() == kind)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /**
   * The share of hits among hits and misses.
   *
   * @return from 0 to 1; 0 if there was neither
   */
  public double hitRate() {
    long hits = count(Reason.Kind.HIT);
    long asked = hits + count(Reason.Kind.MISS);
    return asked == 0 ? 0 : (double) hits / asked;
  }

  /**
   * How long one run took on average.
   *
   * @return zero if there was none
   */
  public Duration run() {
    return average(ran, runs);
  }

  /**
   * What there is to say about the component.
   *
   * @return {@link Remark#NOT_WORTH_CACHING} if of three or more runs one took less time on average
   *     than a look-up and storing a result do; and so on; empty if nothing
   */
  public List<Remark> remarks() {
    List<Remark> remarks = new ArrayList<>();
    boolean cached = stored > 0 && !lookUp.isZero();
    if (cached && runs >= ENOUGH_RUNS && run().compareTo(lookUp.plus(writing)) < 0) {
      remarks.add(Remark.NOT_WORTH_CACHING);
    }
    if (notReproducible > 0) {
      remarks.add(Remark.NOT_REPRODUCIBLE);
    }
    return remarks;
  }
}
