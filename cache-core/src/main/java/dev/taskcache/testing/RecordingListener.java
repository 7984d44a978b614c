package dev.taskcache.testing;

import dev.taskcache.event.BreakerEvent;
import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.IrreproducibleEvent;
import dev.taskcache.event.OptionsConflictEvent;
import dev.taskcache.event.PublishedEvent;
import dev.taskcache.event.RaceLostEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.event.StoreFailedEvent;
import dev.taskcache.event.VerificationEvent;
import dev.taskcache.event.WaitEvent;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that remembers every event, in the order in which it was told. Thread-safe. */
public final class RecordingListener implements CacheListener {
  private final List<Told> told = new CopyOnWriteArrayList<>();

  /** A listener that was told nothing yet. */
  public RecordingListener() {}

  /** The kinds of event, as the methods of {@link CacheListener} are called. */
  public enum Kind {
    /** {@link CacheListener#onDecision}. */
    DECISION,
    /** {@link CacheListener#onOptionsConflict}. */
    OPTIONS_CONFLICT,
    /** {@link CacheListener#onLeaseAcquired}. */
    LEASE_ACQUIRED,
    /** {@link CacheListener#onLeaseLost}. */
    LEASE_LOST,
    /** {@link CacheListener#onWaited}. */
    WAITED,
    /** {@link CacheListener#onVerificationFailed}. */
    VERIFICATION_FAILED,
    /** {@link CacheListener#onRun}. */
    RUN,
    /** {@link CacheListener#onPublished}. */
    PUBLISHED,
    /** {@link CacheListener#onRaceLost}. */
    RACE_LOST,
    /** {@link CacheListener#onNotReproducible}. */
    NOT_REPRODUCIBLE,
    /** {@link CacheListener#onStoreFailed}. */
    STORE_FAILED,
    /** {@link CacheListener#onBreakerOpened}. */
    BREAKER_OPENED,
    /** {@link CacheListener#onBreakerClosed}. */
    BREAKER_CLOSED
  }

  /** An event, with what the listener's method was given. */
  private record Told(Kind kind, Object event) {}

  private void told(Kind kind, Object event) {
    told.add(new Told(kind, event));
  }

  @Override
  public void onDecision(DecisionEvent event) {
    told(Kind.DECISION, event);
  }

  @Override
  public void onOptionsConflict(OptionsConflictEvent event) {
    told(Kind.OPTIONS_CONFLICT, event);
  }

  @Override
  public void onLeaseAcquired(Subject subject) {
    told(Kind.LEASE_ACQUIRED, subject);
  }

  @Override
  public void onLeaseLost(Subject subject) {
    told(Kind.LEASE_LOST, subject);
  }

  @Override
  public void onWaited(WaitEvent event) {
    told(Kind.WAITED, event);
  }

  @Override
  public void onVerificationFailed(VerificationEvent event) {
    told(Kind.VERIFICATION_FAILED, event);
  }

  @Override
  public void onRun(RunEvent event) {
    told(Kind.RUN, event);
  }

  @Override
  public void onPublished(PublishedEvent event) {
    told(Kind.PUBLISHED, event);
  }

  @Override
  public void onRaceLost(RaceLostEvent event) {
    told(Kind.RACE_LOST, event);
  }

  @Override
  public void onNotReproducible(IrreproducibleEvent event) {
    told(Kind.NOT_REPRODUCIBLE, event);
  }

  @Override
  public void onStoreFailed(StoreFailedEvent event) {
    told(Kind.STORE_FAILED, event);
  }

  @Override
  public void onBreakerOpened(BreakerEvent event) {
    told(Kind.BREAKER_OPENED, event);
  }

  @Override
  public void onBreakerClosed() {
    told(Kind.BREAKER_CLOSED, "closed");
  }

  /**
   * The kinds of the events so far.
   *
   * @return a copy, in the order of the events
   */
  public List<Kind> kinds() {
    return told.stream().map(Told::kind).toList();
  }

  /**
   * The events so far of one type.
   *
   * @param <T> the type
   * @param type for instance {@link StoreFailedEvent}
   * @return a copy, in the order of the events
   */
  public <T> List<T> events(Class<T> type) {
    return told.stream().map(Told::event).filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * The decisions so far.
   *
   * @return a copy
   */
  public List<DecisionEvent> decisions() {
    return events(DecisionEvent.class);
  }

  /**
   * The reasons of the decisions so far.
   *
   * @return a copy
   */
  public List<Reason> reasons() {
    return decisions().stream().map(DecisionEvent::reason).toList();
  }

  /**
   * Whose leases were lost so far.
   *
   * @return a copy
   */
  public List<Subject> lostLeases() {
    return told.stream()
        .filter(each -> each.kind() == Kind.LEASE_LOST)
        .map(each -> (Subject) each.event())
        .toList();
  }

  /**
   * The runs so far.
   *
   * @return a copy
   */
  public List<RunEvent> runs() {
    return events(RunEvent.class);
  }

  /** Forgets everything. */
  public void clear() {
    told.clear();
  }
}
