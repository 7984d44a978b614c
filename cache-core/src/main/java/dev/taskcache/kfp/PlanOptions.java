package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a plan is compiled with.
 *
 * @param defaults new defaults of the pipeline's parameters, by name, each of its type
 */
record PlanOptions(Map<String, InputValue> defaults) {
  private static final String PARAMETERS = "parameters";

  /** Checks options against the pipeline that they are for. */
  static PlanOptions of(Map<String, ?> options, Spec spec) {
    for (String name : options.keySet()) {
      if (!name.equals(PARAMETERS)) {
        throw new InvalidRequestException(
            Place.of("options").field(name),
            "is no option of " + KfpPlanCompiler.NAME + "; it has " + PARAMETERS + " only");
      }
    }
    Place place = Place.of("options").field(PARAMETERS);
    InputValue given = InputValue.of(options.get(PARAMETERS), place);
    if (given == InputValue.Null.NULL) {
      return new PlanOptions(Map.of());
    } else if (!(given instanceof InputValue.MapValue map)) {
      throw new InvalidRequestException(place, "must be a map of values by name");
    } else {
      Map<String, InputValue> defaults = new TreeMap<>();
      map.entries()
          .forEach(
              (name, value) -> defaults.put(name, value(name, value, spec, place.field(name))));
      return new PlanOptions(defaults);
    }
  }

  private static InputValue value(String name, InputValue given, Spec spec, Place place) {
    Map<String, Signature.Parameter> declared = spec.root().inputs().parameters();
    Signature.Parameter parameter = declared.get(name);
    if (parameter == null) {
      throw new InvalidRequestException(
          place, "the pipeline has no such parameter; it has " + declared.keySet());
    } else if (given == InputValue.Null.NULL) {
      throw new InvalidRequestException(place, "is null; leave it out, or give a value");
    }
    plain(given, place);
    InputValue value = RunValues.given(given, parameter, place);
    plain(value, place);
    return value;
  }

  /** Refuses what a plan cannot hold, or must not. */
  private static void plain(InputValue value, Place place) {
    if (value instanceof InputValue.MapValue map) {
      map.entries().forEach((name, each) -> plain(each, place.field(name)));
    } else if (value instanceof InputValue.ListValue list) {
      for (int i = 0; i < list.elements().size(); i++) {
        plain(list.elements().get(i), place.index(i));
      }
    } else if (value instanceof InputValue.Secret) {
      throw new InvalidRequestException(
          place, "is a secret, which has no place in a plan; give it to the run");
    } else if (!(value instanceof InputValue.Text
        || value instanceof InputValue.Bool
        || value instanceof InputValue.Int
        || value == InputValue.Null.NULL
        || (value instanceof InputValue.Float64 number && Double.isFinite(number.value())))) {
      throw new InvalidRequestException(
          place, "is nothing that JSON has; write a text, number, truth value, list or map");
    }
  }
}
