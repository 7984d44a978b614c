package dev.taskcache.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The inputs as they count: declared types and defaults applied, ignored ones left out. */
final class InputBinding {
  private static final Place INPUTS = Place.of("inputs");

  private InputBinding() {}

  static InputValue.MapValue bind(
      InputValue.MapValue given, Map<String, InputSpec> declared, Set<String> ignored) {
    for (String name : ignored) {
      if (!given.entries().containsKey(name) && !declared.containsKey(name)) {
        throw new InvalidRequestException(
            Place.of("ignoredInputs"),
            "there is no input \"" + name + "\" to ignore; take it off the list or correct it");
      }
    }
    if (declared.isEmpty() && ignored.isEmpty()) {
      SortedEntries sorted = given.sorted();
      // The shortest name comes first.
      if (sorted.size() > 0 && sorted.name(0).value().isEmpty()) {
        checkName("");
      }
      return given;
    }
    Map<String, InputValue> bound = new LinkedHashMap<>();
    given
        .entries()
        .forEach(
            (name, value) -> {
              checkName(name);
              InputSpec spec = declared.get(name);
              if (spec != null) {
                bound.put(name, Coercion.coerce(value, spec.type(), INPUTS.field(name)));
              } else if (declared.isEmpty()) {
                bound.put(name, value);
              } else {
                throw new InvalidRequestException(
                    INPUTS.field(name),
                    "the component declares no such input; it declares "
                        + new TreeSet<>(declared.keySet()));
              }
            });
    declared.forEach((name, spec) -> addDefault(bound, name, spec));
    bound.keySet().removeAll(ignored);
    return new InputValue.MapValue(bound);
  }

  private static void checkName(String name) {
    Utf8.checkName(name, INPUTS, "an input's name");
  }

  private static void addDefault(Map<String, InputValue> bound, String name, InputSpec spec) {
    InputValue value = spec.defaultValue();
    if (bound.containsKey(name)) {
      return;
    } else if (value != null) {
      bound.put(name, Coercion.coerce(value, spec.type(), INPUTS.field(name)));
    } else if (!spec.optional()) {
      throw new InvalidRequestException(
          INPUTS.field(name), "the input is missing; give it, or declare it optional");
    }
  }
}
