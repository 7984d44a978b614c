package dev.taskcache.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A short while of one side alone.
 *
 * @param perSecond operations of all threads together
 * @param nanos how long each took, sorted
 */
record Slice(double perSecond, long[] nanos) {

  private record Part(long begin, long end, long[] nanos) {}

  /** Runs a side on some threads at once, each as often. */
  static Slice of(Side side, ExecutorService on, int threads, int each) throws Exception {
    side.prepare(threads * each);
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<Part>> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i * each;
      running.add(on.submit(() -> part(side, start, first, each)));
    }
    List<Part> parts = new ArrayList<>();
    for (Future<Part> part : running) {
      parts.add(part.get());
    }
    long begin = parts.stream().mapToLong(Part::begin).min().orElseThrow();
    long end = parts.stream().mapToLong(Part::end).max().orElseThrow();
    long[] nanos =
        parts.stream().flatMapToLong(part -> Arrays.stream(part.nanos)).sorted().toArray();
    return new Slice(nanos.length * 1e9 / (end - begin), nanos);
  }

  private static Part part(Side side, CyclicBarrier start, int first, int each) throws Exception {
    long[] nanos = new long[each];
    start.await();
    long begin = System.nanoTime();
    long before = begin;
    for (int i = 0; i < each; i++) {
      side.run(first + i);
      long now = System.nanoTime();
      nanos[i] = now - before;
      before = now;
    }
    return new Part(begin, before, nanos);
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
