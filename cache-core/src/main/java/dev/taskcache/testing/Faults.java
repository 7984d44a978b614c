package dev.taskcache.testing;

import dev.taskcache.testing.FaultyStore.Call;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** What is to go wrong with which calls, and what chance decided. Thread-safe. */
final class Faults {
  private final SplittableRandom random;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<Call, Integer> counts = new EnumMap<>(Call.class);

  /** One thing that goes wrong, as often as it says. */
  static final class Rule {
    private final Set<Call> calls;
    private final double chance;
    private int left;
    private final FaultKind kind;
    private final Runnable before;

    Rule(Set<Call> calls, double chance, int times, FaultKind kind, Runnable before) {
      this.calls = calls;
      this.chance = chance;
      this.left = times;
      this.kind = kind;
      this.before = before;
    }

    private boolean applies(Call call, SplittableRandom random) {
      return left > 0 && calls.contains(call) && (chance >= 1 || random.nextDouble() < chance);
    }
  }

  Faults(long seed) {
    this.random = new SplittableRandom(seed);
  }

  synchronized void add(Rule rule) {
    rules.add(rule);
  }

  synchronized void clear() {
    rules.clear();
  }

  synchronized int count(Call call) {
    return counts.getOrDefault(call, 0);
  }

  /** Counts a call, and does what is to happen before it. Returns what else happens to it. */
  Set<FaultKind> begin(Call call) {
    List<Rule> due = due(call);
    Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
    for (Rule rule : due) {
      kinds.add(rule.kind);
      rule.before.run(); // Not under the lock: it may use the store, or wait.
    }
    return kinds;
  }

  private synchronized List<Rule> due(Call call) {
    counts.merge(call, 1, Integer::sum);
    List<Rule> due = rules.stream().filter(rule -> rule.applies(call, random)).toList();
    due.forEach(rule -> rule.left--);
    return due;
  }
}
