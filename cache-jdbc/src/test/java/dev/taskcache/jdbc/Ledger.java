package dev.taskcache.jdbc;

import dev.taskcache.jdbc.Worker.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the workers of a {@link Campaign} told, for each task. */
final class Ledger {
  /** The runs that were begun, by task. */
  final Map<Integer, Integer> begun = new TreeMap<>();

  /** Those of them that never ended because their process was killed. */
  final Map<Integer, Integer> killed = new TreeMap<>();

  final List<End> ends = new ArrayList<>();

  /** What went wrong, in the workers' words. */
  final List<String> complaints = new ArrayList<>();

  private final Map<Integer, Integer> lost = new HashMap<>();

  /** How a call ended. */
  record End(
      int number,
      String reason,
      String write,
      long fence,
      String value,
      boolean late,
      long millis) {

    static End of(Event event) {
      return new End(
          event.number(2),
          event.word(3),
          event.word(4),
          Long.parseLong(event.word(5)),
          event.word(6),
          event.word(7).equals("late"),
          Long.parseLong(event.word(8)));
    }

    boolean isStored() {
      return write.equals("Stored");
    }

    /** Whether its task ran and another's result counted. */
    boolean isLost() {
      return write.equals("AlreadyStored") || write.equals("Superseded");
    }
  }

  void begin(int number) {
    begun.merge(number, 1, Integer::sum);
  }

  void killed(int number) {
    killed.merge(number, 1, Integer::sum);
  }

  void end(End end) {
    ends.add(end);
    if (end.isLost()) {
      lost.merge(end.number(), 1, Integer::sum);
      if (!end.late()) {
        complaints.add("a lease was lost that its owner renewed in time: " + end);
      }
    }
  }

  /** Those that ended with a result in the store, by task. */
  Map<Integer, List<End>> stored() {
    Map<Integer, List<End>> stored = new TreeMap<>();
    for (End each : ends) {
      if (each.isStored()) {
        stored.computeIfAbsent(each.number(), number -> new ArrayList<>()).add(each);
      }
    }
    return stored;
  }

  /** As often as a task may have run: once, and once more for each owner that was lost. */
  int mostRuns(int number) {
    return 1 + killed.getOrDefault(number, 0) + lost.getOrDefault(number, 0);
  }

  /** How many runs there were beyond the first one of each task. */
  int excess() {
    return begun.values().stream().mapToInt(each -> each - 1).sum();
  }

  int owners() {
    return killed.values().stream().mapToInt(each -> each).sum();
  }

  int lost() {
    return lost.values().stream().mapToInt(each -> each).sum();
  }

  @Override
  public String toString() {
    return begun.size()
        + " tasks, "
        + ends.size()
        + " calls, "
        + excess()
        + " runs too many, "
        + owners()
        + " owners killed, "
        + lost()
        + " leases lost otherwise";
  }
}
