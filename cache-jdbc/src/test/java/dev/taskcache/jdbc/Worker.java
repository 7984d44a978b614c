package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process with a cache of its own, which does what it is told and tells what happens:
 *
 * <ul>
 *   <li>{@code ready}, once;
 *   <li>{@code ask ID NUMBER}: asks for a task, which {@code begin ID NUMBER} says has begun, and
 *       which lasts until {@code go ID};
 *   <li>{@code await ID NUMBER DURATION}: the same with a deadline; the task is published at once;
 *   <li>both end with {@code end ID NUMBER REASON WRITE FENCE VALUE late|timely MILLISECONDS};
 *   <li>{@code renew ID TOKEN}: {@code renewed ID true|false};
 *   <li>{@code publish ID TOKEN}: {@code published ID WRITE};
 *   <li>{@code threw ID EXCEPTION} ends any of them, {@code lost NUMBER} says that the lease of a
 *       running task was lost, and {@code gone} that the process is no more.
 * </ul>
 */
final class Worker implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final String name;
  private final ChildJvm jvm;
  private final BlockingQueue<Event> events;
  private volatile boolean killed;

  /** A line that a worker told. */
  record Event(Worker from, List<String> words) {
    static final String GONE = "gone";

    String kind() {
      return words.get(0);
    }

    String word(int place) {
      return words.get(place);
    }

    int number(int place) {
      return Integer.parseInt(words.get(place));
    }
  }

  /** Starts one that is alone in its queue. */
  Worker(WorkerSettings settings) {
    this(settings, new LinkedBlockingQueue<>());
  }

  /** Starts one. */
  Worker(WorkerSettings settings, BlockingQueue<Event> events) {
    this.name = settings.name();
    this.events = events;
    try {
      jvm = new ChildJvm(WorkerMain.class, settings.arguments());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(this::read, name);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      for (String line = jvm.lineWhenever(); line != null; line = jvm.lineWhenever()) {
        events.add(new Event(this, List.of(line.split(" "))));
      }
    } catch (UncheckedIOException e) {
      if (!killed) {
        throw e;
      }
    } finally {
      events.add(new Event(this, List.of(Event.GONE)));
    }
  }

  String name() {
    return name;
  }

  boolean isKilled() {
    return killed;
  }

  /** The next event, which must be of that kind. */
  Event expect(String kind) {
    Event event = next(events);
    assertThat(event.kind()).as("%s in %s", name, event.words()).isEqualTo(kind);
    return event;
  }

  /** The next event of a queue; fails after a minute. */
  static Event next(BlockingQueue<Event> events) {
    try {
      Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no worker told anything for " + PATIENCE_SECONDS + " s");
      }
      return event;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  void ask(int id, int number) {
    tell("ask " + id + " " + number);
  }

  void await(int id, int number, Duration longest) {
    tell("await " + id + " " + number + " " + longest);
  }

  void go(int id) {
    tell("go " + id);
  }

  void tell(String command) {
    try {
      jvm.tell(command);
    } catch (IOException e) {
      if (!killed) {
        throw new UncheckedIOException(name + " is gone", e);
      }
    }
  }

  /** SIGKILL, whatever it is doing. */
  void kill() {
    killed = true;
    jvm.kill();
  }

  /** SIGSTOP: it does nothing until {@link #resume}. */
  void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      jvm.signal(signal);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    killed = true;
    jvm.close();
  }
}
