package dev.taskcache.testing;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that remembers every event, in the order in which it was told. Thread-safe. */
public final class RecordingListener implements CacheListener {
  private final List<DecisionEvent> decisions = new CopyOnWriteArrayList<>();
  private final List<Subject> lostLeases = new CopyOnWriteArrayList<>();
  private final List<RunEvent> runs = new CopyOnWriteArrayList<>();

  /** A listener that was told nothing yet. */
  public RecordingListener() {}

  @Override
  public void onDecision(DecisionEvent event) {
    decisions.add(event);
  }

  @Override
  public void onLeaseLost(Subject subject) {
    lostLeases.add(subject);
  }

  @Override
  public void onRun(RunEvent event) {
    runs.add(event);
  }

  /**
   * The decisions so far.
   *
   * @return a copy
   */
  public List<DecisionEvent> decisions() {
    return List.copyOf(decisions);
  }

  /**
   * The reasons of the decisions so far.
   *
   * @return a copy
   */
  public List<Reason> reasons() {
    return decisions.stream().map(DecisionEvent::reason).toList();
  }

  /**
   * Whose leases were lost so far.
   *
   * @return a copy
   */
  public List<Subject> lostLeases() {
    return List.copyOf(lostLeases);
  }

  /**
   * The runs so far.
   *
   * @return a copy
   */
  public List<RunEvent> runs() {
    return List.copyOf(runs);
  }

  /** Forgets everything. */
  public void clear() {
    decisions.clear();
    lostLeases.clear();
    runs.clear();
  }
}
