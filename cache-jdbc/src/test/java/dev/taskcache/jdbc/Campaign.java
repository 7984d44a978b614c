package dev.taskcache.jdbc;

import dev.taskcache.jdbc.Worker.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Processes that all ask for the same tasks. This test decides when each task that has begun may
 * end, and which process or server is killed, and when: while a task runs, while its result is
 * being published, or whenever it is. Each process that was killed is replaced.
 */
final class Campaign implements AutoCloseable {
  // A task in so many lasts for long, so that its lease has to be renewed.
  private static final int LONG_ONE_IN = 100;
  private static final int HELD_ONE_IN = 4;
  private static final int MOST_HELD = 12;
  private static final int DEADLINE_ONE_IN = 5;
  private static final int LONGEST_WAIT_MILLIS = 400;
  private static final int JITTER = 24;

  private final TestDatabase database;
  private final Plan plan;
  private final Random random;
  private final Consumer<String> afterKill;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<Worker, Seat> seats = new LinkedHashMap<>();
  private final List<Call> held = new ArrayList<>();
  private final List<Call> lasting = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private int started;
  private int asked;
  private int begun;
  private int kills;
  private int serverKills;
  private int nextKill;
  private int nextServerKill;

  /**
   * What is to happen.
   *
   * @param tasks how many there are
   * @param processes how many there are at a time
   * @param threads how many calls each of them makes at a time
   * @param kills how many processes are killed
   * @param serverKills how often the server is
   * @param lease how long leases live
   */
  record Plan(int tasks, int processes, int threads, int kills, int serverKills, Duration lease) {}

  /** A call of a worker's. */
  private static final class Call {
    final Worker worker;
    final int id;
    final int number;
    final Duration longest;
    boolean begun;

    Call(Worker worker, int id, int number, Duration longest) {
      this.worker = worker;
      this.id = id;
      this.number = number;
      this.longest = longest;
    }
  }

  /** What the process in one place still has to ask, and what it is asking now. */
  private static final class Seat {
    final Deque<Integer> todo;
    final Map<Integer, Call> calls = new HashMap<>();

    Seat(Deque<Integer> todo) {
      this.todo = todo;
    }
  }

  /**
   * Prepares it.
   *
   * @param afterKill is told the name, and so the run, of each process that was killed
   */
  Campaign(TestDatabase database, Plan plan, long seed, Consumer<String> afterKill) {
    this.database = database;
    this.plan = plan;
    this.random = new Random(seed);
    this.afterKill = afterKill;
    this.nextKill = soon(plan.kills());
    this.nextServerKill = soon(plan.serverKills());
  }

  /** After how many more tasks the next of so many kills is due. */
  private int soon(int kills) {
    return kills == 0 ? Integer.MAX_VALUE : begun + 1 + random.nextInt(plan.tasks() / kills);
  }

  /** Goes through with it. */
  Ledger run() throws Exception {
    for (int i = 0; i < plan.processes(); i++) {
      start(new Seat(order()));
    }
    while (seats.values().stream().anyMatch(it -> !it.todo.isEmpty() || !it.calls.isEmpty())) {
      Event event = events.poll();
      if (event == null && !held.isEmpty()) {
        release(held);
      } else if (event == null && onlyLastingOnesAreLeft()) {
        release(lasting);
      } else {
        handle(event == null ? Worker.next(events) : event);
      }
    }
    return ledger;
  }

  private boolean onlyLastingOnesAreLeft() {
    return !lasting.isEmpty() && seats.values().stream().allMatch(this::waitsForLastingOnes);
  }

  private boolean waitsForLastingOnes(Seat seat) {
    return seat.calls.isEmpty()
        ? seat.todo.isEmpty()
        : seat.calls.values().stream()
            .allMatch(call -> lasting.stream().anyMatch(it -> it.number == call.number));
  }

  private Deque<Integer> order() {
    int[] places = random.ints(plan.tasks(), 0, JITTER).toArray();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < plan.tasks(); i++) {
      order.add(i);
    }
    order.sort((a, b) -> Integer.compare(a + places[a], b + places[b]));
    return new ArrayDeque<>(order);
  }

  private void start(Seat seat) {
    String name = "process-" + started++;
    seats.put(new Worker(new WorkerSettings(database, name, plan.lease()), events), seat);
  }

  private void handle(Event event) {
    Worker worker = event.from();
    Seat seat = seats.get(worker);
    if (seat == null) {
      return; // It was replaced already.
    }
    switch (event.kind()) {
      case "ready" -> {
        for (int i = 0; i < plan.threads(); i++) {
          ask(worker, seat);
        }
      }
      case "begin" -> begin(seat.calls.get(event.number(1)));
      case "end" -> {
        end(seat, seat.calls.remove(event.number(1)), Ledger.End.of(event));
        ask(worker, seat);
      }
      case "lost" -> {}
      case Event.GONE -> replace(worker, seat);
      default -> {
        ledger.complaints.add(worker.name() + ": " + event.words());
        seat.calls.remove(event.number(1));
        ask(worker, seat);
      }
    }
  }

  private void ask(Worker worker, Seat seat) {
    Integer number = worker.isKilled() ? null : seat.todo.poll();
    if (number == null) {
      return;
    }
    boolean deadline = random.nextInt(DEADLINE_ONE_IN) == 0;
    Duration longest =
        deadline ? Duration.ofMillis(1 + random.nextInt(LONGEST_WAIT_MILLIS)) : Duration.ZERO;
    Call call = new Call(worker, asked++, number, longest);
    seat.calls.put(call.id, call);
    if (deadline) {
      worker.await(call.id, number, longest);
    } else {
      worker.ask(call.id, number);
    }
  }

  private void begin(Call call) {
    begun++;
    call.begun = true;
    ledger.begin(call.number);
    if (begun >= nextServerKill && serverKills < plan.serverKills()) {
      killServer();
    }
    if (begun >= nextKill && kills < plan.kills()) {
      kill(call);
    } else {
      decide(call);
    }
  }

  private void decide(Call call) {
    if (!call.longest.isZero()) {
      return; // It needs no permission.
    } else if (random.nextInt(LONG_ONE_IN) == 0 && lasting.size() < plan.threads() / 2) {
      lasting.add(call);
    } else if (random.nextInt(HELD_ONE_IN) == 0) {
      held.add(call);
      if (held.size() > MOST_HELD) {
        release(held);
      }
    } else {
      call.worker.go(call.id);
    }
  }

  private void release(List<Call> waiting) {
    Call call = waiting.remove(random.nextInt(waiting.size()));
    call.worker.go(call.id);
  }

  /** While the task runs, while it is being published, or another process whatever it does. */
  private void kill(Call call) {
    Worker victim = call.worker;
    switch (kills % 3) {
      case 0 -> {}
      case 1 -> call.worker.go(call.id);
      default -> {
        decide(call);
        victim = List.copyOf(seats.keySet()).get(random.nextInt(seats.size()));
      }
    }
    victim.kill();
    kills++;
    nextKill = soon(plan.kills());
  }

  private void killServer() {
    database.kill();
    serverKills++;
    nextServerKill = soon(plan.serverKills());
    database.restart();
  }

  private void end(Seat seat, Call call, Ledger.End end) {
    ledger.end(end);
    boolean inFlight = end.reason().equals("RUNNING_ELSEWHERE");
    if (inFlight) {
      seat.todo.add(call.number);
    }
    long most = call.longest.plus(WorkerSettings.STORE_DEADLINE).toMillis();
    if (!call.longest.isZero() && end.millis() > most) {
      ledger.complaints.add("a wait of at most " + call.longest + " took longer: " + end);
    }
  }

  private void replace(Worker worker, Seat seat) {
    if (!worker.isKilled()) {
      throw new AssertionError(worker.name() + " ended by itself");
    }
    for (Call call : seat.calls.values()) {
      held.remove(call);
      lasting.remove(call);
      seat.todo.addFirst(call.number);
      if (call.begun) {
        ledger.killed(call.number);
      }
    }
    seats.remove(worker);
    afterKill.accept(worker.name());
    start(new Seat(seat.todo));
  }

  /** Kills all that are left. */
  @Override
  public void close() {
    seats.keySet().forEach(Worker::close);
  }
}
