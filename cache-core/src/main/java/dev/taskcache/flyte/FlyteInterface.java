package dev.taskcache.flyte;

import dev.taskcache.key.InputSpec;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A task's inputs and outputs: Flyte's Variable messages by name. */
record FlyteInterface(Map<String, Message> inputs, Map<String, Message> outputs) {
  private static final int SIGNATURE = 8;

  static FlyteInterface of(Message typed) {
    return new FlyteInterface(
        typed.message("inputs").map("variables"), typed.message("outputs").map("variables"));
  }

  /** What the data catalog puts behind the cache version: 8 characters for each side. */
  String signature() {
    return hash(inputs).substring(0, SIGNATURE) + "-" + hash(outputs).substring(0, SIGNATURE);
  }

  /** The whole digests of both sides, descriptions left out: they say nothing about results. */
  String typeDigest() {
    return hash(undescribed(inputs)) + "-" + hash(undescribed(outputs));
  }

  /** Any values are accepted, but under these names only. */
  Map<String, InputSpec> declaredInputs() {
    Map<String, InputSpec> declared = new LinkedHashMap<>();
    inputs.keySet().forEach(name -> declared.put(name, InputSpec.optional(ValueType.Scalar.ANY)));
    return declared;
  }

  OutputSchema outputSchema() {
    Map<String, ValueType> types = new LinkedHashMap<>();
    outputs.forEach((name, each) -> types.put(name, LiteralTypes.of(each.message("type"))));
    return OutputSchema.of(types);
  }

  /** The names of variables that have a description. */
  List<String> described() {
    return Stream.of(Map.entry("inputs", inputs), Map.entry("outputs", outputs))
        .flatMap(
            side ->
                side.getValue().entrySet().stream()
                    .filter(each -> each.getValue().has("description"))
                    .map(each -> side.getKey() + "." + each.getKey()))
        .sorted()
        .toList();
  }

  private static Map<String, Message> undescribed(Map<String, Message> variables) {
    Map<String, Message> undescribed = new LinkedHashMap<>();
    variables.forEach(
        (name, variable) -> {
          Message copy = new Message(variable.type());
          variable.forEach(copy::set);
          undescribed.put(name, copy.set("description", ""));
        });
    return undescribed;
  }

  private static String hash(Map<String, Message> variables) {
    return MessageHash.text(Message.empty("VariableMap").set("variables", variables));
  }
}
