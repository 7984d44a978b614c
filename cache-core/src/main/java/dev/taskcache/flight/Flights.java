package dev.taskcache.flight;

import dev.taskcache.store.EntryId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The runs under way in this JVM, at most one for each id. Thread-safe; no monitor is held while a
 * task runs.
 *
 * @param <R> what a run gives to everybody who shares it
 */
public final class Flights<R> {
  private final ConcurrentHashMap<EntryId, Flight<R>> flights = new ConcurrentHashMap<>();
  private final WaitGraph waits = new WaitGraph();

  /** No runs yet. */
  public Flights() {}

  /**
   * A seat in a run.
   *
   * @param <R> what the run gives
   * @param flight the run
   * @param pilot whether the caller began it, and so has to {@link Flights#land} or {@link
   *     Flights#crash} it
   */
  public record Seat<R>(Flight<R> flight, boolean pilot) {}

  /**
   * Joins the run of an id, or begins one on this thread.
   *
   * @param id the id
   * @param label what people call the task, for errors
   * @return the caller's seat
   */
  public Seat<R> board(EntryId id, String label) {
    return board(new Flight<>(id, label, Thread.currentThread()));
  }

  /**
   * Joins the run of an id, or begins one that no thread waits in.
   *
   * @param id the id
   * @param label what people call the task, for errors
   * @return the caller's seat
   */
  public Seat<R> boardAsync(EntryId id, String label) {
    return board(new Flight<>(id, label, null));
  }

  /**
   * Begins a run that nobody shares.
   *
   * @param id the id
   * @param label what people call the task, for errors
   * @return the pilot's seat
   */
  public Seat<R> alone(EntryId id, String label) {
    return new Seat<>(new Flight<>(id, label, Thread.currentThread()), true);
  }

  private Seat<R> board(Flight<R> mine) {
    Flight<R> other = flights.putIfAbsent(mine.id(), mine);
    return other == null ? new Seat<>(mine, true) : new Seat<>(other, false);
  }

  /**
   * Runs a task as a run's pilot, so that a task which asks for its own key is found out.
   *
   * @param <T> what the task returns
   * @param <E> what the task throws
   * @param flight the run
   * @param task the task
   * @return what the task returned
   * @throws E if the task throws it
   */
  public <T extends @Nullable Object, E extends Exception> T fly(Flight<R> flight, Work<T, E> task)
      throws E {
    waits.runs(flight);
    try {
      return task.run();
    } finally {
      waits.ran(flight);
    }
  }

  /**
   * A task.
   *
   * @param <T> what it returns
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Work<T extends @Nullable Object, E extends Exception> {
    /**
     * Runs it.
     *
     * @return its result
     * @throws E if it fails
     */
    T run() throws E;
  }

  /**
   * Waits for another's run.
   *
   * @param flight the run
   * @return what it gives
   * @throws InterruptedException if this thread is interrupted; the run goes on
   * @throws ExecutionException if the run crashed; with its exception as the cause
   * @throws IllegalStateException if the run waits, itself or through others, for this thread; with
   *     the chain
   */
  public R await(Flight<R> flight) throws InterruptedException, ExecutionException {
    if (flight.future().isDone()) {
      return flight.future().get();
    }
    waits.waits(flight);
    try {
      return flight.future().get();
    } finally {
      waits.waited();
    }
  }

  /**
   * Ends a run with its result.
   *
   * @param flight the run
   * @param result what everybody who shares it receives
   */
  public void land(Flight<R> flight, R result) {
    flights.remove(flight.id(), flight);
    flight.future().complete(result);
  }

  /**
   * Ends a run with an exception.
   *
   * @param flight the run
   * @param failure what everybody who shares it receives
   */
  public void crash(Flight<R> flight, Throwable failure) {
    flights.remove(flight.id(), flight);
    flight.future().completeExceptionally(failure);
  }
}
