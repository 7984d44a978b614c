package dev.taskcache.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A short while of one side alone.
 *
 * @param perSecond operations of all threads together, by the time that they took themselves
 * @param nanos how long each took, sorted
 */
record Slice(double perSecond, long[] nanos) {

  /** Runs a side on some threads at once, each as often. */
  static Slice of(Side side, ExecutorService on, int threads, int each) throws Exception {
    side.prepare(threads * each);
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<long[]>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i * each;
      running.add(on.submit(() -> part(side, start, first, each)));
    }
    double perSecond = 0;
    LongStream nanos = LongStream.empty();
    for (Future<long[]> part : running) {
      perSecond += each * 1e9 / Arrays.stream(part.get()).sum();
      nanos = LongStream.concat(nanos, Arrays.stream(part.get()));
    }
    return new Slice(perSecond, nanos.sorted().toArray());
  }

  private static long[] part(Side side, CyclicBarrier start, int first, int each) throws Exception {
    long[] nanos = new long[each];
    start.await();
    for (int i = 0; i < each; i++) {
      side.before(first + i);
      long begin = System.nanoTime();
      side.run(first + i);
      nanos[i] = System.nanoTime() - begin;
    }
    return nanos;
  }

  /** How long a share of the operations took at most, in microseconds. */
  double micros(double share) {
    return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e3;
  }

  static Slice all(Stream<Slice> slices) {
    return new Slice(
        Double.NaN, slices.flatMapToLong(each -> Arrays.stream(each.nanos)).sorted().toArray());
  }
}
