package dev.taskcache;

import dev.taskcache.DecisionPath.Decided;
import dev.taskcache.event.CacheListener;
import dev.taskcache.event.RunEvent;
import dev.taskcache.event.StoreFailedEvent;
import dev.taskcache.explain.Reason;
import dev.taskcache.flight.Flight;
import dev.taskcache.flight.Flights;
import dev.taskcache.flight.LeaseKeeper;
import dev.taskcache.key.KeyParts;
import dev.taskcache.policy.NotCached;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run in this JVM, on behalf of everybody here who asks for its key: decide before the task,
 * publish after it. Whoever calls it runs the task in between, on its own thread or elsewhere, and
 * then says exactly once how the task ended. Not thread-safe.
 */
final class CachedRun<T extends @Nullable Object> {
  private final Context context;
  private final Asked<T> asked;
  private final Flight<SharedRun> flight;
  private CacheDecision.@Nullable Miss miss;
  private @Nullable Decided<T> kept; // What a sample would have been.
  private long startedAt;

  /** What all runs of a cache share. */
  record Context(
      DecisionPath path,
      Publishing publishing,
      Flights<SharedRun> flights,
      LeaseKeeper leases,
      CacheListener listener,
      Events events,
      Duration longestWait,
      WhenWaitEnds whenWaitEnds) {

    Flights.Seat<SharedRun> board(Asked<?> asked) {
      String label = asked.subject().name();
      return shares(asked) ? flights.board(asked.id(), label) : flights.alone(asked.id(), label);
    }

    /**
     * Whoever may not write runs alone: others would take its result for one that is stored. So
     * does who does not wait for others, as those in this JVM are others, too.
     */
    static boolean shares(Asked<?> asked) {
      return asked.options().writes() && asked.options().waitForRunning();
    }

    /** Decides, and tells of it, for a caller that runs nothing here. */
    CacheDecision decide(Asked<?> asked, Duration longest) throws InterruptedException {
      Waiting waiting = Waiting.upTo(longest, asked);
      CacheDecision decision = path.decide(asked, waiting).decision();
      events.decided(decision, asked.options(), waiting);
      return decision;
    }

    /** What another caller's run in this JVM gave to this one, who waited for it. */
    void shared(Asked<?> asked, Outcome<?> outcome, long begun) {
      events.decided(outcome.decision(), asked.options(), Waiting.since(begun));
    }

    /** The decision on a request that must not be cached; tells of it. */
    CacheDecision.Bypass bypassed(TaskRequest request, NotCached finding) {
      CacheDecision.Bypass bypass = path.bypass(request, finding);
      events.decided(bypass, path.options(request), Waiting.none());
      return bypass;
    }
  }

  CachedRun(Context context, Asked<T> asked, Flight<SharedRun> flight) {
    this.context = context;
    this.asked = asked;
    this.flight = flight;
  }

  Flight<SharedRun> flight() {
    return flight;
  }

  /** Decides. Returns the outcome if there is one already; null if the task is to be run now. */
  @Nullable Outcome<T> decide() throws InterruptedException {
    try {
      Waiting waiting = Waiting.upTo(context.longestWait(), asked);
      Decided<T> decided = context.path().decide(asked, waiting);
      CacheDecision decision = decided.decision();
      boolean waits =
          asked.options().waitForRunning() && context.whenWaitEnds() != WhenWaitEnds.RUN_ANYWAY;
      if (decision instanceof CacheDecision.InFlight && !waits) {
        decision =
            context.path().miss(asked, Reason.WAIT_TIMED_OUT, null, "after " + longestWait());
      }
      context.events().decided(decision, asked.options(), waiting);
      if (decision instanceof CacheDecision.Hit hit) {
        return landOnHit(hit, decided);
      } else if (decision instanceof CacheDecision.InFlight inFlight) {
        return landInFlight(inFlight);
      }
      begin((CacheDecision.Miss) decision, decided);
      return null;
    } catch (WaitTimedOutException e) {
      context.flights().crash(flight, e);
      throw e;
    } catch (InterruptedException | RuntimeException | Error e) {
      // The task has not begun: whoever shares this run can still have one.
      context.flights().crash(flight, new SharedRun.Ended());
      throw e;
    }
  }

  @SuppressWarnings("NullAway") // A hit has a result, and that may be null if T may.
  private Outcome<T> landOnHit(CacheDecision.Hit hit, Decided<T> decided) {
    WriteOutcome write = new WriteOutcome.NotAttempted("the result was recorded already");
    context.flights().land(flight, new SharedRun(asked.options(), hit, write, null));
    return new Outcome<>(decided.result(), hit, write);
  }

  private Outcome<T> landInFlight(CacheDecision.InFlight inFlight) {
    if (context.whenWaitEnds() == WhenWaitEnds.FAIL) {
      throw new WaitTimedOutException(inFlight);
    }
    Outcome<T> outcome = Outcome.inFlight(inFlight);
    context.flights().land(flight, new SharedRun(asked.options(), inFlight, outcome.write(), null));
    return outcome;
  }

  private void begin(CacheDecision.Miss begun, Decided<T> decided) {
    miss = begun;
    begun.token().ifPresent(token -> context.leases().keep(token.lease(), new Watch()));
    if (decided.kept() != null) {
      kept = decided;
      // Whoever else asks meanwhile has no reason to wait.
      WriteOutcome write = new WriteOutcome.NotAttempted("the stored result is kept");
      context.flights().land(flight, new SharedRun(asked.options(), decided.kept(), write, null));
    }
    startedAt = System.nanoTime();
  }

  private final class Watch implements LeaseKeeper.Watch {
    @Override
    public void lost() {
      context.listener().onLeaseLost(asked.subject());
    }

    @Override
    public void failed(RuntimeException failure) {
      context
          .listener()
          .onStoreFailed(
              new StoreFailedEvent(asked.subject(), StoreFailedEvent.Step.RENEW, failure));
    }
  }

  private Duration longestWait() {
    return asked.options().waitForRunning() ? context.longestWait() : Duration.ZERO;
  }

  /**
   * The task returned: stores the result, and gives the caller the stored one if it lost a race.
   */
  @SuppressWarnings("NullAway") // What a hit brings may be null if T may.
  Outcome<T> returned(T result) {
    CacheDecision.Miss begun = begun();
    WriteOutcome write;
    if (kept != null) {
      write = publish(begun, () -> asked.codec().encode(result));
      return new Outcome<>(kept.result(), begun, write);
    }
    try {
      write = publish(begun, () -> asked.codec().encode(result));
      if (write instanceof WriteOutcome.AlreadyStored stored) {
        return lost(begun, stored, result);
      }
    } catch (RuntimeException e) {
      context.flights().crash(flight, e);
      throw e;
    }
    context.flights().land(flight, new SharedRun(asked.options(), begun, write, result));
    return new Outcome<>(result, begun, write);
  }

  /** Another's result was stored first: everybody receives that, unless it is of no use here. */
  @SuppressWarnings("NullAway") // A hit has a result, and that may be null if T may.
  private Outcome<T> lost(CacheDecision.Miss begun, WriteOutcome.AlreadyStored write, T result) {
    Decided<T> theirs = context.path().accept(asked, write.entry());
    WriteOutcome shared =
        theirs != null ? write : new WriteOutcome.NotAttempted("the stored result is of no use");
    context.flights().land(flight, new SharedRun(asked.options(), begun, shared, result));
    return new Outcome<>(theirs != null ? theirs.result() : result, begun, write);
  }

  private WriteOutcome publish(CacheDecision.Miss begun, Supplier<Outputs> encoding) {
    if (!asked.options().writes()) {
      return unwritten(asked.options().setting("mode").toString());
    } else if (begun.reason() == Reason.NOT_REPRODUCIBLE) {
      return unwritten(begun.message());
    }
    boolean strict = asked.options().failOnStoreFailure();
    LeaseToken token = begun.token().orElse(null);
    if (token == null) {
      KeyParts parts = context.path().parts(asked);
      return context.publishing().publishUnleased(asked, parts, encoding, duration(), strict);
    }
    context.leases().release(token.lease());
    return context.publishing().publish(token, encoding, duration(), strict);
  }

  private WriteOutcome unwritten(String why) {
    WriteOutcome write = new WriteOutcome.NotAttempted(why);
    told(write, null);
    return write;
  }

  /** The task threw: gives the lease back, and everybody who shares the run the same exception. */
  void threw(Throwable failure) {
    LeaseToken token = begun().token().orElse(null);
    if (token != null) {
      context.leases().release(token.lease());
      context.publishing().abandon(token);
    }
    context.flights().crash(flight, failure);
    WriteOutcome write = new WriteOutcome.NotAttempted("the task failed");
    told(write, failure);
  }

  private void told(WriteOutcome write, @Nullable Throwable failure) {
    RunEvent event = new RunEvent(asked.subject(), duration(), write, Duration.ZERO, failure);
    context.events().ran(asked.options(), event);
  }

  private CacheDecision.Miss begun() {
    if (miss == null) {
      throw new IllegalStateException("the task was not to be run");
    }
    return miss;
  }

  private Duration duration() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }
}
