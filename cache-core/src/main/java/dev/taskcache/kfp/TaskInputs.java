package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The inputs of a task, or of one iteration of it: what is given, and defaults. */
record TaskInputs(Map<String, Resolved> parameters, Map<String, Resolved> artifacts) {

  /** The same inputs, and the item of an iteration, brought to its declared type. */
  TaskInputs with(Loop loop, InputValue item, Component component) {
    Map<String, Resolved> changed = new TreeMap<>(loop.overArtifacts() ? artifacts : parameters);
    Signature.Parameter declared = component.inputs().parameters().get(loop.item());
    changed.put(
        loop.item(),
        declared == null ? Resolved.of(item) : typed(item, declared, loop.spot(), component));
    return loop.overArtifacts()
        ? new TaskInputs(parameters, changed)
        : new TaskInputs(changed, artifacts);
  }

  static Resolved typed(
      InputValue value, Signature.Parameter declared, Spot spot, Component component) {
    if (value == InputValue.Null.NULL) {
      return Resolved.Absent.ABSENT;
    }
    return new Resolved.Known(
        declared
            .type()
            .convert(value)
            .orElseThrow(
                () ->
                    spot.error(
                        "the value "
                            + shortened(JsonText.json(value))
                            + " has arrived, but "
                            + component.name()
                            + " declares "
                            + declared.type())));
  }

  private static String shortened(String json) {
    return json.length() > 60 ? json.substring(0, 60) + "…" : json;
  }

  /** The first input that is not known, or will never be; empty if all are there. */
  Optional<Resolved> missing() {
    return Stream.concat(parameters.values().stream(), artifacts.values().stream())
        .filter(each -> each instanceof Resolved.Unknown || each instanceof Resolved.Lost)
        .min(
            (a, b) ->
                Boolean.compare(a instanceof Resolved.Unknown, b instanceof Resolved.Unknown));
  }

  /** The values that are there. */
  static Map<String, InputValue> known(Map<String, Resolved> inputs) {
    Map<String, InputValue> known = new TreeMap<>();
    inputs.forEach(
        (name, each) -> {
          if (each instanceof Resolved.Known there) {
            known.put(name, there.value());
          }
        });
    return known;
  }
}
