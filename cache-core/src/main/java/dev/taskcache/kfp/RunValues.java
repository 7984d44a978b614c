package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Values that come from outside the file, brought to their declared types. */
final class RunValues {
  private RunValues() {}

  /** The parameters of a run. */
  static TaskInputs inputs(Spec spec, Map<String, ?> given) {
    Map<String, Signature.Parameter> declared = spec.root().inputs().parameters();
    Place all = Place.of("parameters");
    for (String name : given.keySet()) {
      if (!declared.containsKey(name)) {
        throw new InvalidRequestException(
            all.field(name), "the pipeline has no such parameter; it has " + declared.keySet());
      }
    }
    Map<String, Resolved> inputs = new TreeMap<>();
    declared.forEach(
        (name, each) -> inputs.put(name, parameter(given.get(name), each, all.field(name))));
    spec.root()
        .inputs()
        .artifacts()
        .forEach(
            (name, each) -> {
              if (!each.optional()) {
                throw new InvalidRequestException(
                    Place.of("artifacts").field(name),
                    "the pipeline needs an artifact from outside, which a run cannot give; use an"
                        + " importer");
              }
            });
    return new TaskInputs(inputs, Map.of());
  }

  private static Resolved parameter(
      @Nullable Object given, Signature.Parameter declared, Place place) {
    InputValue value = given == null ? declared.defaultValue() : InputValue.of(given, place);
    if (value == null) {
      if (!declared.optional()) {
        throw new InvalidRequestException(
            place, "the parameter has no default; give a " + declared.type());
      }
      return Resolved.Absent.ABSENT;
    }
    return new Resolved.Known(given(value, declared, place));
  }

  /** A value that somebody gives a parameter; a text for one that is no text is read as JSON. */
  static InputValue given(InputValue value, Signature.Parameter declared, Place place) {
    return converted(
        value instanceof InputValue.Text text && declared.type() != ParameterType.STRING
            ? place.locate(() -> JsonText.parse(text.value()))
            : value,
        declared,
        place);
  }

  /** The outputs of a task. */
  static Map<String, InputValue> outputs(KfpTask task, Map<String, InputValue> given) {
    Signature declared = task.component().outputs();
    Map<String, InputValue> outputs = new TreeMap<>();
    given.forEach(
        (name, value) -> {
          Place place = Place.of("outputs").field(name);
          Signature.Parameter parameter = declared.parameters().get(name);
          Signature.ArtifactKind artifact = declared.artifacts().get(name);
          if (parameter != null) {
            if (value != InputValue.Null.NULL) {
              outputs.put(name, converted(value, parameter, place));
            }
          } else if (artifact != null) {
            outputs.put(name, artifact(value, artifact.list(), place));
          } else {
            throw new InvalidRequestException(
                place, "the task " + task + " declares no such output; leave it out");
          }
        });
    return outputs;
  }

  private static InputValue converted(InputValue value, Signature.Parameter declared, Place place) {
    return declared
        .type()
        .convert(value)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    place, "the value is no " + declared.type() + "; give one"));
  }

  private static InputValue artifact(InputValue value, boolean list, Place place) {
    boolean good =
        list
            ? value instanceof InputValue.ListValue artifacts
                && artifacts.elements().stream().allMatch(InputValue.Artifact.class::isInstance)
            : value instanceof InputValue.Artifact;
    if (!good) {
      throw new InvalidRequestException(
          place, list ? "must be a list of artifacts" : "must be an artifact");
    }
    return value;
  }
}
