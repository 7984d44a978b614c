package dev.taskcache.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Slices of ours and of the plain thing beside it, in turn, so that both have the same neighbours.
 * A ratio is that of two slices which followed each other.
 */
final class Pairs {
  private static final int PAIRS = Integer.getInteger("bench.pairs", 21);
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(Long.getLong("bench.slice", 200));
  // By then the compiler has done what it will do, of slow operations too.
  private static final int WARM_UP = Integer.getInteger("bench.warmup", 12_000);

  private final List<Slice> ours = new ArrayList<>();
  private final List<Slice> plain = new ArrayList<>();

  private Pairs() {}

  static Pairs of(int threads, Side ours, Side plain) throws Exception {
    ExecutorService on = Executors.newFixedThreadPool(threads);
    try {
      int each = enough(threads, ours, on);
      Pairs pairs = new Pairs();
      for (int i = -(5 + WARM_UP / (threads * each)); i < PAIRS; i++) {
        boolean oursFirst = i % 2 == 0;
        Slice first = Slice.of(oursFirst ? ours : plain, on, threads, each);
        Slice second = Slice.of(oursFirst ? plain : ours, on, threads, each);
        if (i >= 0) {
          pairs.ours.add(oursFirst ? first : second);
          pairs.plain.add(oursFirst ? second : first);
        }
      }
      return pairs;
    } finally {
      on.shutdown();
    }
  }

  /** So many operations for each thread that a slice is long enough. */
  private static int enough(int threads, Side side, ExecutorService on) throws Exception {
    int each = 10;
    while (true) {
      Slice slice = Slice.of(side, on, threads, each);
      double nanos = each * threads * 1e9 / slice.perSecond();
      if (nanos >= SLICE / 2.0) {
        return (int) Math.max(1, each * SLICE / nanos);
      }
      each *= 2;
    }
  }

  double[] throughput() {
    return ratios(Slice::perSecond);
  }

  double[] p50() {
    return ratios(slice -> slice.micros(0.5));
  }

  private double[] ratios(ToDoubleFunction<Slice> value) {
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = value.applyAsDouble(ours.get(i)) / value.applyAsDouble(plain.get(i));
    }
    return ratios;
  }

  /** What is reported: microseconds of one operation. */
  String latencies() {
    Slice us = Slice.all(ours.stream());
    Slice them = Slice.all(plain.stream());
    return "p50 %.0f and %.0f µs, p99 %.0f and %.0f µs"
        .formatted(us.micros(0.5), them.micros(0.5), us.micros(0.99), them.micros(0.99));
  }
}
