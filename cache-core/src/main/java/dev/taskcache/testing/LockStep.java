package dev.taskcache.testing;

import dev.taskcache.store.CacheStore;
import dev.taskcache.store.InMemoryStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Two stores that do the same and have to answer the same. Not thread-safe. */
final class LockStep {
  private static final int SHOWN = 40;

  final ModelSide tested;
  final ModelSide reference;
  private final Deque<String> history = new ArrayDeque<>();
  private final Set<String> outcomes = new TreeSet<>();
  private int steps;

  /** That they did not: what both said, and what was done before. */
  static final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Difference(String message) {
      super(message);
    }
  }

  LockStep(CacheStore store, Consumer<Duration> elapse) {
    SettableClock clock = new SettableClock();
    this.tested = new ModelSide(store, elapse);
    this.reference = new ModelSide(new InMemoryStore(clock), clock::advance);
  }

  /** Does one thing to both. */
  String step(String name, Function<ModelSide, String> operation) {
    steps++;
    String expected = operation.apply(reference);
    String actual;
    try {
      actual = operation.apply(tested);
    } catch (RuntimeException e) {
      throw new AssertionError(told(name, e.toString(), expected), e);
    }
    if (!actual.equals(expected)) {
      throw new Difference(told(name, actual, expected));
    }
    history.add(steps + ". " + name + " -> " + actual);
    if (history.size() > SHOWN) {
      history.remove();
    }
    outcomes.add(name.replaceAll(" .*", "") + " -> " + actual.replaceAll("(#|\\d|; |\\n).*", "#"));
    return actual;
  }

  private String told(String name, String actual, String expected) {
    return String.join("\n", history)
        + ("\n" + steps + ". " + name + " -> " + actual)
        + ("\n   but in memory -> " + expected);
  }

  /** The last steps, the newest last. */
  List<String> history() {
    return List.copyOf(history);
  }

  /** Which kinds of answers there were: with few of them a sequence has tested little. */
  Set<String> outcomes() {
    return outcomes;
  }
}
