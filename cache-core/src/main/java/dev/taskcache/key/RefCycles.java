package dev.taskcache.key;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Which names lead back to themselves: each name and ref is looked at once (Tarjan's strongly
 * connected components), and without recursion, as cycles may be long. Not thread-safe.
 */
final class RefCycles {
  private final Function<String, ? extends Iterable<String>> refs;
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Set<String> finished = new HashSet<>();
  private final Set<String> cyclic = new HashSet<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Deque<Visit> path = new ArrayDeque<>();

  private record Visit(String name, int number, Iterator<String> refs) {}

  /** The names that a name refers to are asked for once. */
  RefCycles(Function<String, ? extends Iterable<String>> refs) {
    this.refs = refs;
  }

  boolean contain(String name) {
    if (!lowest.containsKey(name)) {
      visit(name);
      while (!path.isEmpty()) {
        step(path.element());
      }
    }
    return cyclic.contains(name);
  }

  private void visit(String name) {
    int number = lowest.size();
    lowest.put(name, number);
    open.push(name);
    path.push(new Visit(name, number, refs.apply(name).iterator()));
  }

  private void step(Visit visit) {
    if (!visit.refs().hasNext()) {
      path.pop();
      leave(visit);
      return;
    }
    String next = visit.refs().next();
    if (next.equals(visit.name())) {
      cyclic.add(next);
    } else if (!lowest.containsKey(next)) {
      visit(next);
    } else if (!finished.contains(next)) {
      lower(visit.name(), next);
    }
  }

  private void lower(String name, String reached) {
    lowest.merge(name, lowest.getOrDefault(reached, 0), Math::min);
  }

  /** Whoever reaches no lower number is the first of its component, which ends with it. */
  private void leave(Visit visit) {
    if (!path.isEmpty()) {
      lower(path.element().name(), visit.name());
    }
    if (lowest.getOrDefault(visit.name(), 0) < visit.number()) {
      return;
    }
    boolean alone = open.element().equals(visit.name());
    String last;
    do {
      last = open.pop();
      finished.add(last);
      if (!alone) {
        cyclic.add(last);
      }
    } while (!last.equals(visit.name()));
  }
}
