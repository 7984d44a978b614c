package dev.taskcache.examples;

import dev.taskcache.version.SlotDecision;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was decided for a slot, as JSON. */
final class DecisionLine {
  private DecisionLine() {}

  static Map<String, Object> of(SlotDecision decision) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("schedule", decision.schedule());
    line.put("slot", decision.slot().toString());
    line.put("pipeline", decision.version().pipeline());
    line.put("version", decision.version().id());
    line.put("selection", decision.selection());
    line.put("reason", decision.reason());
    line.put("origin", decision.origin());
    line.put("informationAgeMillis", decision.informationAgeMillis());
    decision.problem().ifPresent(problem -> line.put("problem", problem));
    decision.awaited().ifPresent(awaited -> line.put("awaited", awaited));
    line.put("run", decision.runId());
    return line;
  }
}
