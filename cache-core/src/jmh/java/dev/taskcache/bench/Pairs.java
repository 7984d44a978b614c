package dev.taskcache.bench;

import java.util.Arrays;
import java.util.Locale;

/**
 * Two things, measured in slices of time that follow each other, so that both have the same
 * neighbours. A slice has the time of its fastest batch: most others were interrupted.
 */
final class Pairs {
  private static final int PAIRS = Integer.getInteger("pairs", 21);
  private static final long SLICE = 400_000_000;
  private static final long SHORTEST_BATCH = 100_000;
  private static final long WARM_UP = 10_000_000_000L;

  /** Where results go, so that no compiler leaves their making out. */
  private static volatile Object last;

  private Pairs() {}

  /** Something to be measured. */
  @FunctionalInterface
  interface Work {
    Object run() throws Exception;
  }

  /** Prints a row: the median of the ratios of times, the lowest and the highest. */
  static void row(String what, double most, Work ours, Work theirs) throws Exception {
    nanos(ours, WARM_UP);
    nanos(theirs, WARM_UP);
    double[] ratios = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      boolean first = i % 2 == 0;
      double one = nanos(first ? ours : theirs, SLICE);
      double two = nanos(first ? theirs : ours, SLICE);
      ratios[i] = first ? one / two : two / one;
    }
    Arrays.sort(ratios);
    double median = ratios[PAIRS / 2];
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f to %.2f | %s |%n",
        what,
        Double.isNaN(most) ? "" : "at most " + most,
        median,
        ratios[0],
        ratios[PAIRS - 1],
        Double.isNaN(most) ? "" : median <= most ? "yes" : "no");
  }

  /** Nanoseconds for a run, in the fastest of so many batches as fit into the time. */
  private static double nanos(Work work, long time) throws Exception {
    long begun = System.nanoTime();
    double fastest = Double.MAX_VALUE;
    long now = begun;
    while (now - begun < time) {
      long before = now;
      int runs = 0;
      do {
        last = work.run();
        runs++;
        now = System.nanoTime();
      } while (now - before < SHORTEST_BATCH);
      fastest = Math.min(fastest, (double) (now - before) / runs);
    }
    return fastest;
  }
}
