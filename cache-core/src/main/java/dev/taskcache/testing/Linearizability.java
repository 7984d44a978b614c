package dev.taskcache.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether what many threads saw of one thing could have been seen one after another: each
 * call taking effect at one moment between its beginning and its end.
 *
 * <p>As Wing and Gong proposed it in 1993: try each call that nothing finished before, and go back
 * where the rest has no order; with the memory of tried states that Lowe added. The time is
 * exponential at worst, and hardly more than linear where few calls overlap.
 *
 * @param <S> a state of the thing; compared with equals
 * @param <C> a call, with its answer
 */
final class Linearizability<S, C> {
  private static final int SHOWN = 12;

  private final Step<S, C> step;
  private final List<Timed<C>> calls;
  private final BitSet done = new BitSet();
  private final Set<Tried<S>> tried = new HashSet<>();
  private final Deque<Taken<S>> taken = new ArrayDeque<>();
  private List<Integer> longest = List.of();

  /**
   * What a call does to a state.
   *
   * @param <S> a state
   * @param <C> a call, with its answer
   */
  @FunctionalInterface
  interface Step<S, C> {
    /** The state after a call; null if no call in this state is answered so. */
    @Nullable S after(S state, C call);
  }

  /** A call from its beginning to its end, by a clock that all threads share. */
  record Timed<C>(C call, long begun, long ended) {
    @Override
    public String toString() {
      return "[" + begun + ", " + ended + "] " + call;
    }
  }

  private record Tried<S>(BitSet done, S state) {}

  /** A call that took effect, and the state before it. */
  private record Taken<S>(int call, S before) {}

  private Linearizability(Step<S, C> step, List<Timed<C>> calls) {
    this.step = step;
    this.calls = calls.stream().sorted(Comparator.comparingLong(Timed<C>::begun)).toList();
  }

  /**
   * Looks for an order.
   *
   * @param <S> a state
   * @param <C> a call
   * @param initial the state before all calls
   * @param step what calls do
   * @param calls all calls, in any order
   * @return empty if there is an order; else how far one went, and what could not come next
   */
  static <S, C> Optional<String> problem(S initial, Step<S, C> step, List<Timed<C>> calls) {
    return new Linearizability<>(step, calls).search(initial);
  }

  private Optional<String> search(S initial) {
    S state = initial;
    int next = 0;
    while (done.cardinality() < calls.size()) {
      int candidate = candidate(next);
      if (candidate >= 0) {
        S after = step.after(state, calls.get(candidate).call());
        done.set(candidate);
        if (after != null && tried.add(new Tried<>((BitSet) done.clone(), after))) {
          taken.push(new Taken<>(candidate, state));
          remember();
          state = after;
          next = 0;
        } else {
          done.clear(candidate);
          next = candidate + 1;
        }
      } else if (taken.isEmpty()) {
        return Optional.of(told(initial));
      } else {
        Taken<S> last = taken.pop();
        done.clear(last.call());
        state = last.before();
        next = last.call() + 1;
      }
    }
    return Optional.empty();
  }

  /** The first call from some place on that may take effect now; -1 if there is none. */
  private int candidate(int from) {
    int candidate = done.nextClearBit(from);
    return candidate < calls.size() && calls.get(candidate).begun() <= firstEnd() ? candidate : -1;
  }

  /** What begins after this has to wait for a call that ended before. */
  private long firstEnd() {
    long first = Long.MAX_VALUE;
    for (int i = done.nextClearBit(0);
        i < calls.size() && calls.get(i).begun() < first;
        i = done.nextClearBit(i + 1)) {
      first = Math.min(first, calls.get(i).ended());
    }
    return first;
  }

  private void remember() {
    if (taken.size() > longest.size()) {
      List<Integer> order = new ArrayList<>();
      taken.descendingIterator().forEachRemaining(each -> order.add(each.call()));
      longest = order;
    }
  }

  private String told(S initial) {
    StringBuilder told = new StringBuilder("in no order of these calls is each answer right.");
    told.append(" The longest one that could be ends with:");
    S state = initial;
    BitSet left = new BitSet();
    left.set(0, calls.size());
    for (int i = 0; i < longest.size(); i++) {
      int call = longest.get(i);
      S after = step.after(state, calls.get(call).call());
      state = after == null ? state : after;
      left.clear(call);
      if (longest.size() - i <= SHOWN) {
        told.append("\n  ").append(calls.get(call)).append("\n    -> ").append(state);
      }
    }
    told.append("\nand then comes none of:");
    left.stream().limit(SHOWN).forEach(call -> told.append("\n  ").append(calls.get(call)));
    return told.toString();
  }
}
