package dev.taskcache;

import dev.taskcache.flight.Flights.Seat;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.ResultType;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.ResultPublisher;
import dev.taskcache.store.WriteOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache of task results: tells whether a task has run before, lets exactly one caller run it, and
 * says why.
 *
 * <p>{@link #getOrRun} does all of it in one call. An engine whose tasks run elsewhere calls {@link
 * #decide}, and whoever ran the task {@link #publish} or {@link #abandon}. Both go the same way.
 * The cache starts no thread of its own, and a store that fails never fails a task. Thread-safe.
 */
public final class TaskCache implements AutoCloseable {
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);
  private static final ClassValue<ResultType<?>> RESULT_TYPES =
      new ClassValue<>() {
        @Override
        protected ResultType<?> computeValue(Class<?> type) {
          return ResultType.of(type);
        }
      };

  private final CacheStore store;
  private final Clock clock;
  private final Duration leaseLength;
  private final CachedRun.Context context;
  private final AsyncRuns async;
  private volatile boolean closed;

  TaskCache(TaskCacheBuilder builder) {
    this.store = builder.store;
    this.clock = builder.clock;
    this.leaseLength = builder.leaseLength();
    this.context = builder.context();
    this.async = new AsyncRuns(context, builder.executor);
  }

  /**
   * Begins a cache.
   *
   * @param store where entries and leases are; the caller closes it, after the cache
   * @return a builder
   */
  public static TaskCacheBuilder builder(CacheStore store) {
    return new TaskCacheBuilder(store);
  }

  /**
   * Gives the recorded result of a task, or runs it and records what it returns.
   *
   * <p>Callers of one key in this JVM share one run. If another process runs the task, this call
   * waits for its result, at most as long as the builder says.
   *
   * @param <T> the result's type
   * @param <E> what the task throws
   * @param request what would run; where it gives no outputs their schema comes from the type
   * @param type a class that {@link ResultType} knows
   * @param task the work; called at most once, on this thread
   * @return the result, the decision, and what became of the result
   * @throws E if the task throws it, here or in the caller whose run this one shared: that same
   *     exception
   * @throws InterruptedException if this thread is interrupted while it waits; a task that runs
   *     elsewhere goes on
   * @throws InvalidRequestException if the type has no output schema, or an input does not fit its
   *     declaration
   * @throws IllegalStateException if the cache is closed, or the task asks for its own key; with
   *     the chain
   * @throws WaitTimedOutException if another process still runs the task at the deadline, and the
   *     builder said to fail then
   */
  @SuppressWarnings("unchecked")
  public <T, E extends Exception> Outcome<T> getOrRun(
      TaskRequest request, Class<T> type, Task<T, E> task) throws E, InterruptedException {
    return getOrRun(request, (ResultType<T>) RESULT_TYPES.get(type), task);
  }

  /**
   * As {@link #getOrRun(TaskRequest, Class, Task)}, for results of generic types.
   *
   * @param <T> the result's type
   * @param <E> what the task throws
   * @param request what would run
   * @param type the result's type; keep it, as making one uses reflection
   * @param task the work
   * @return the result, the decision, and what became of the result
   * @throws E if the task throws it
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public <T, E extends Exception> Outcome<T> getOrRun(
      TaskRequest request, ResultType<T> type, Task<T, E> task) throws E, InterruptedException {
    return getOrRun(request, ResultCodec.typed(type, request), task);
  }

  /**
   * As {@link #getOrRun(TaskRequest, Class, Task)}, for named outputs, which are those that the
   * request declares.
   *
   * @param <E> what the task throws
   * @param request what would run, with its outputs; none means a task without outputs
   * @param task the work
   * @return the outputs, the decision, and what became of the outputs
   * @throws E if the task throws it
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public <E extends Exception> Outcome<Outputs> getOrRun(TaskRequest request, Task<Outputs, E> task)
      throws E, InterruptedException {
    return getOrRun(request, ResultCodec.named(request), task);
  }

  private <T extends @Nullable Object, E extends Exception> Outcome<T> getOrRun(
      TaskRequest request, ResultCodec<T> codec, Task<T, E> task) throws E, InterruptedException {
    checkOpen();
    Asked<T> asked;
    try {
      asked = context.path().ask(request, codec);
    } catch (NotCacheableException e) {
      CacheDecision.Bypass bypass = context.path().bypass(request, e.finding());
      context.events().decided(bypass);
      return new Outcome<>(task.run(), bypass, new WriteOutcome.NotAttempted(bypass.message()));
    }
    while (true) {
      Seat<SharedRun> seat = context.board(asked);
      if (seat.pilot()) {
        return pilot(new CachedRun<>(context, asked, seat.flight()), task);
      }
      Optional<Outcome<T>> shared = share(asked, seat);
      if (shared.isPresent()) {
        context.events().decided(shared.get().decision());
        return shared.get();
      }
    }
  }

  private <T extends @Nullable Object, E extends Exception> Outcome<T> pilot(
      CachedRun<T> run, Task<T, E> task) throws E, InterruptedException {
    Outcome<T> hit = run.decide();
    if (hit != null) {
      return hit;
    }
    T result;
    try {
      result = context.flights().<T, E>fly(run.flight(), task::run);
    } catch (Throwable e) {
      run.threw(e);
      throw e;
    }
    return run.returned(result);
  }

  @SuppressWarnings("unchecked") // A waiter gets the very exception that the task threw.
  private <T extends @Nullable Object, E extends Exception> Optional<Outcome<T>> share(
      Asked<T> asked, Seat<SharedRun> seat) throws E, InterruptedException {
    try {
      return context.flights().await(seat.flight()).seenBy(asked);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SharedRun.Ended) {
        return Optional.empty();
      } else if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (E) e.getCause();
    }
  }

  /**
   * Decides whether a task has to run, for an engine that runs it elsewhere. A {@link
   * CacheDecision.Miss} carries the right to run it and publish its outputs; whoever has that token
   * renews it, and publishes or abandons.
   *
   * @param request what would run, with its outputs
   * @return the decision
   * @throws InvalidRequestException if an input does not fit its declaration
   */
  public CacheDecision decide(TaskRequest request) {
    return decide(request, ResultCodec.named(request));
  }

  /**
   * As {@link #decide(TaskRequest)}, for a result of a type: an entry that cannot be read as that
   * type is a miss, and the next result replaces it.
   *
   * @param request what would run; where it gives no outputs their schema comes from the type
   * @param type the result's type, as {@link #getOrRun(TaskRequest, ResultType, Task)} has it
   * @return the decision
   * @throws InvalidRequestException if an input does not fit its declaration
   */
  public CacheDecision decide(TaskRequest request, ResultType<?> type) {
    return decide(request, ResultCodec.typed(type, request));
  }

  private CacheDecision decide(TaskRequest request, ResultCodec<?> codec) {
    try {
      return await(request, codec, Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError("nothing was waited for", e);
    }
  }

  /**
   * As {@link #decide}, but if somebody else runs the task waits for its result first; if that run
   * fails or its owner dies, this caller may get the right to run it.
   *
   * @param request what would run
   * @param longest how long to wait
   * @return the decision; in flight if the time is over
   * @throws InterruptedException if this thread is interrupted while it waits
   */
  public CacheDecision await(TaskRequest request, Duration longest) throws InterruptedException {
    return await(request, ResultCodec.named(request), longest);
  }

  private CacheDecision await(TaskRequest request, ResultCodec<?> codec, Duration longest)
      throws InterruptedException {
    checkOpen();
    CacheDecision decision;
    try {
      Asked<?> asked = context.path().ask(request, codec);
      decision = context.path().decide(asked, longest).decision();
    } catch (NotCacheableException e) {
      decision = context.path().bypass(request, e.finding());
    }
    context.events().decided(decision);
    return decision;
  }

  /**
   * What {@link #decide} would say to a request now, with the outputs of a hit. Claims nothing and
   * runs nothing; a miss carries no token, and no listener is told.
   *
   * @param request what would run, with its outputs
   * @return the decision
   * @throws InvalidRequestException if an input does not fit its declaration
   */
  public CacheDecision peek(TaskRequest request) {
    checkOpen();
    try {
      return context.path().peek(context.path().ask(request, ResultCodec.named(request)));
    } catch (NotCacheableException e) {
      return context.path().bypass(request, e.finding());
    }
  }

  /**
   * What {@link #decide} would say to each of many requests now, in as few round trips to the store
   * as there can be. Claims nothing, runs nothing and reads no outputs: its hits are what the store
   * could serve, its misses carry no token, and no listener is told.
   *
   * @param requests the requests
   * @return a decision for each, in the same order
   */
  public List<CacheDecision> plan(List<TaskRequest> requests) {
    checkOpen();
    return new Plans(context.path()).of(requests);
  }

  /**
   * Explanations on demand: why a request would hit or miss, and what differs between two keys.
   *
   * @return explanations over this cache's store
   */
  public Explanations explanations() {
    checkOpen();
    return new Explanations(context.path(), store, clock);
  }

  /**
   * Prolongs a lease from now on.
   *
   * @param token from a miss, in this process or another
   * @return false if the lease is lost: another may be running the task
   * @throws RuntimeException as the store throws it
   */
  public boolean renew(LeaseToken token) {
    return store.renew(token.lease(), leaseLength);
  }

  /**
   * Stores a task's outputs and ends the lease.
   *
   * @param token from a miss, in this process or another
   * @param outputs those that the request declares
   * @return what became of them; never an exception for outputs that cannot be stored
   */
  public WriteOutcome publish(LeaseToken token, Outputs outputs) {
    return publish(token, outputs, store);
  }

  /**
   * As {@link #publish(LeaseToken, Outputs)}, in a transaction of the host's, so that its own state
   * and the result become visible together.
   *
   * @param token from a miss, in this process or another
   * @param outputs those that the request declares
   * @param publisher what the store gives for a transaction
   * @return what became of them, once the transaction is committed; after a failure, which the host
   *     answers by rolling back, the lease is still the token's: publish again, or abandon
   */
  public WriteOutcome publish(LeaseToken token, Outputs outputs, ResultPublisher publisher) {
    Duration ran = Duration.between(token.claimedAt(), clock.instant());
    Duration duration = ran.isNegative() ? Duration.ZERO : ran;
    return context
        .publishing()
        .publish(
            token,
            () -> new Outputs(token.outputs().conform(outputs.values())),
            duration,
            publisher);
  }

  /**
   * Gives a lease back, because the task failed or will not run.
   *
   * @param token from a miss, in this process or another
   * @return false if it was lost already, or the store failed: it then ends by itself
   */
  public boolean abandon(LeaseToken token) {
    return context.publishing().abandon(token.lease());
  }

  /**
   * As {@link #getOrRun(TaskRequest, Class, Task)}, without blocking this thread: the store is
   * asked on the builder's executor.
   *
   * @param <T> the result's type
   * @param request what would run
   * @param type a class that {@link ResultType} knows
   * @param task begins the work, on the executor; the stage it returns is the result
   * @return the outcome; fails with the task's own exception
   * @throws IllegalStateException if the builder was given no executor
   */
  @SuppressWarnings("unchecked")
  public <T> CompletionStage<Outcome<T>> getOrRunAsync(
      TaskRequest request, Class<T> type, Supplier<? extends CompletionStage<T>> task) {
    checkOpen();
    ResultType<T> resultType = (ResultType<T>) RESULT_TYPES.get(type);
    return async.getOrRun(request, ResultCodec.typed(resultType, request), task);
  }

  /**
   * As {@link #decide}, on the builder's executor.
   *
   * @param request what would run
   * @return the decision
   * @throws IllegalStateException if the builder was given no executor
   */
  public CompletionStage<CacheDecision> decideAsync(TaskRequest request) {
    return async.supply(() -> decide(request));
  }

  /**
   * As {@link #publish}, on the builder's executor.
   *
   * @param token from a miss
   * @param outputs those that the request declares
   * @return what became of them
   * @throws IllegalStateException if the builder was given no executor
   */
  public CompletionStage<WriteOutcome> publishAsync(LeaseToken token, Outputs outputs) {
    return async.supply(() -> publish(token, outputs));
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the cache is closed; close it after its last caller");
    }
  }

  /**
   * Gives back the leases of tasks that {@link #getOrRun} is running, within five seconds and the
   * store call that is under way then. Their results still reach their callers, and are not stored.
   * Leases from {@link #decide} belong to whoever has their token. The store stays open.
   */
  @Override
  public void close() {
    closed = true;
    context.leases().abandonAll(LONGEST_CLOSE);
  }
}
