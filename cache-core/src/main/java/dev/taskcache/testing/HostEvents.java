package dev.taskcache.testing;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.DecisionEvent;
import dev.taskcache.event.RunEvent;
import dev.taskcache.explain.Explanation;
import java.util.ArrayList;
import java.util.List;

/** Decisions with what explained them then, and what became of results. Not thread-safe. */
final class HostEvents implements CacheListener {
  private final List<Decided> decisions = new ArrayList<>();
  private final List<RunEvent> runs = new ArrayList<>();

  /** A decision with its explanation, as it was when the decision was made. */
  record Decided(DecisionEvent event, Explanation explanation) {}

  @Override
  public void onDecision(DecisionEvent event) {
    decisions.add(new Decided(event, event.explanation()));
  }

  @Override
  public void onRun(RunEvent event) {
    runs.add(event);
  }

  List<Decided> decisions() {
    return decisions;
  }

  List<RunEvent> runs() {
    return runs;
  }
}
