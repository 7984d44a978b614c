package dev.taskcache.examples;

import dev.taskcache.version.Schedule;
import dev.taskcache.version.SlotDecision;
import dev.taskcache.version.SlotOutcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Shows what becomes of slots: a line for each decision, and one for the run that this process
 * executes. What a slot waits for is told when it begins to, and when it changes.
 */
final class SlotReport {
  private final Terminal terminal;
  private final boolean json;
  private final Map<Instant, String> told = new HashMap<>();

  SlotReport(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  /** Whether a slot is known to wait. */
  boolean hasTold(Instant slot) {
    return told.containsKey(slot);
  }

  void decided(SlotDecision decision, Told outcome) {
    told.remove(decision.slot());
    print(decision, outcome, Map.of(), outcome.words());
  }

  void held(SlotOutcome.Held held) {
    SlotDecision decision = held.decision();
    if (isNew(decision.slot(), held.owner())) {
      Map<String, Object> more = new LinkedHashMap<>();
      more.put("owner", held.owner());
      more.put("until", held.until().toString());
      print(
          decision,
          Told.HELD,
          more,
          "held by "
              + held.owner()
              + " until "
              + held.until()
              + "; tried again until it is started");
    }
  }

  /** A slot cannot be started, for a reason that is told again only when its kind changes. */
  void waits(Schedule schedule, Instant slot, String kind, Exception problem) {
    if (!isNew(slot, kind)) {
      return;
    }
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("schedule", schedule.name());
      line.put("slot", slot.toString());
      line.put("outcome", Told.WAITS);
      line.put("kind", kind);
      line.put("problem", problem.getMessage());
      terminal.say(JsonLine.of(line));
    } else {
      terminal.say(
          schedule.name()
              + " at "
              + slot
              + ": waits, and is tried again until it is started: "
              + problem.getMessage());
    }
  }

  void ended(RunResult run) {
    if (json) {
      terminal.say(JsonLine.of(JsonReport.summary(run)));
    } else {
      terminal.out().println("  " + TextReport.summary(run));
    }
  }

  void failed(String run, String problem) {
    if (json) {
      terminal.say(JsonLine.of(failure(run, problem)));
    } else {
      terminal.out().println("  run " + run + " failed: " + problem);
    }
  }

  static Map<String, Object> failure(String run, String problem) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", run);
    line.put("problem", problem);
    return line;
  }

  private boolean isNew(Instant slot, String what) {
    return !what.equals(told.put(slot, what));
  }

  private void print(SlotDecision decision, Told outcome, Map<String, ?> more, String words) {
    if (json) {
      Map<String, Object> line = DecisionLine.of(decision);
      line.put("outcome", outcome);
      line.putAll(more);
      terminal.say(JsonLine.of(line));
    } else {
      terminal.say(decision + ": " + words);
    }
  }
}
