package dev.taskcache;

import dev.taskcache.flight.Flights.Seat;
import dev.taskcache.store.WriteOutcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The path of {@link TaskCache#getOrRun} for callers that do not block. Thread-safe. */
final class AsyncRuns {
  private final CachedRun.Context context;
  private final @Nullable Executor executor;

  AsyncRuns(CachedRun.Context context, @Nullable Executor executor) {
    this.context = context;
    this.executor = executor;
  }

  <T> CompletionStage<T> supply(Supplier<T> step) {
    return CompletableFuture.supplyAsync(step, executor());
  }

  private Executor executor() {
    if (executor == null) {
      throw new IllegalStateException(
          "the async methods need an executor; give the builder one, or call the blocking method");
    }
    return executor;
  }

  <T> CompletionStage<Outcome<T>> getOrRun(
      TaskRequest request, ResultCodec<T> codec, Supplier<? extends CompletionStage<T>> task) {
    return supply(() -> ask(request, codec, task)).thenCompose(stage -> stage);
  }

  private <T> CompletionStage<Outcome<T>> ask(
      TaskRequest request, ResultCodec<T> codec, Supplier<? extends CompletionStage<T>> task) {
    try {
      return board(context.path().ask(request, codec), task);
    } catch (NotCacheableException e) {
      CacheDecision.Bypass bypass = context.bypassed(request, e.finding());
      WriteOutcome write = new WriteOutcome.NotAttempted(bypass.message());
      return task.get().thenApply(result -> new Outcome<>(result, bypass, write));
    }
  }

  private <T> CompletionStage<Outcome<T>> board(
      Asked<T> asked, Supplier<? extends CompletionStage<T>> task) {
    Seat<SharedRun> seat =
        CachedRun.Context.shares(asked)
            ? context.flights().boardAsync(asked.id(), asked.subject().name())
            : context.flights().alone(asked.id(), asked.subject().name());
    return seat.pilot()
        ? pilot(new CachedRun<>(context, asked, seat.flight()), task)
        : share(asked, seat, task);
  }

  private <T> CompletionStage<Outcome<T>> pilot(
      CachedRun<T> run, Supplier<? extends CompletionStage<T>> task) {
    Outcome<T> hit;
    try {
      hit = run.decide();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(e);
    }
    if (hit != null) {
      return CompletableFuture.completedFuture(hit);
    }
    CompletionStage<T> running;
    try {
      running = task.get();
    } catch (RuntimeException | Error e) {
      running = CompletableFuture.failedFuture(e);
    }
    return running.handleAsync(
        (result, failure) -> {
          if (failure == null) {
            return run.returned(result);
          }
          run.threw(own(failure));
          throw new CompletionException(own(failure));
        },
        executor());
  }

  private <T> CompletionStage<Outcome<T>> share(
      Asked<T> asked, Seat<SharedRun> seat, Supplier<? extends CompletionStage<T>> task) {
    long begun = System.nanoTime();
    return seat.flight()
        .result()
        .handleAsync(
            (shared, failure) -> {
              if (failure != null && !(own(failure) instanceof SharedRun.Ended)) {
                return CompletableFuture.<Outcome<T>>failedFuture(own(failure));
              }
              Optional<Outcome<T>> outcome =
                  failure == null ? shared.seenBy(asked) : Optional.empty();
              outcome.ifPresent(seen -> context.shared(asked, seen, begun));
              return outcome
                  .<CompletionStage<Outcome<T>>>map(CompletableFuture::completedFuture)
                  .orElseGet(() -> board(asked, task));
            },
            executor())
        .thenCompose(stage -> stage);
  }

  private static Throwable own(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
