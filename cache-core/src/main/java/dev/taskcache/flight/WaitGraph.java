package dev.taskcache.flight;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which threads run which flights, and which they wait for; finds a wait that could never end
 * before it begins. Thread-safe: every method holds the monitor for a moment only.
 */
final class WaitGraph {
  private final Map<Thread, List<Flight<?>>> running = new HashMap<>();
  private final Map<Thread, Flight<?>> waiting = new HashMap<>();

  synchronized void runs(Flight<?> flight) {
    running.computeIfAbsent(Thread.currentThread(), thread -> new ArrayList<>()).add(flight);
  }

  synchronized void ran(Flight<?> flight) {
    running.computeIfPresent(
        Thread.currentThread(),
        (thread, flights) -> {
          flights.remove(flight);
          return flights.isEmpty() ? null : flights;
        });
  }

  synchronized void waits(Flight<?> flight) {
    List<Flight<?>> waits = new ArrayList<>();
    for (Flight<?> next = flight; next != null; next = waiting.get(next.owner())) {
      waits.add(next);
      if (next.owner() == Thread.currentThread()) {
        throw deadlock(next, waits);
      }
    }
    waiting.put(Thread.currentThread(), flight);
  }

  synchronized void waited() {
    waiting.remove(Thread.currentThread());
  }

  /** The chain: from the flight that this thread runs, through what it runs inside, back to it. */
  private IllegalStateException deadlock(Flight<?> mine, List<Flight<?>> waits) {
    List<Flight<?>> inside = running.getOrDefault(Thread.currentThread(), List.of());
    List<Flight<?>> chain =
        new ArrayList<>(inside.subList(Math.max(0, inside.indexOf(mine)), inside.size()));
    chain.addAll(waits);
    return new IllegalStateException(
        "a task asks for its own result, which would never come: "
            + chain.stream().map(Flight::toString).collect(Collectors.joining(" -> "))
            + "; give the inner task other inputs, or do not run it inside");
  }
}
