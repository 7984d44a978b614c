package dev.taskcache.examples;

import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a task says of its outputs in {@code executor_output.json}; a task need not write one.
 *
 * @param parameters value by output parameter
 * @param described what is said of each output artifact, by its name
 */
record ExecutorOutput(Map<String, InputValue> parameters, Map<String, InputValue> described) {

  /**
   * An artifact as its task describes it.
   *
   * @param uri where it says the artifact is; null if it does not say
   * @param metadata may be empty
   */
  record Described(@Nullable String uri, InputValue.MapValue metadata) {
    static final Described NOT_AT_ALL = new Described(null, InputValue.MapValue.EMPTY);
  }

  /**
   * Reads the file.
   *
   * @throws dev.taskcache.key.InvalidRequestException if it is not what Kubeflow's tasks write;
   *     with the path
   */
  static ExecutorOutput read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new ExecutorOutput(Map.of(), Map.of());
    }
    Map<String, InputValue> fields =
        Forms.map(JsonForm.parse(Files.readString(file)), Place.root());
    return new ExecutorOutput(map(fields, "parameterValues"), map(fields, "artifacts"));
  }

  @Nullable InputValue parameter(String name) {
    return parameters.get(name);
  }

  /** What is said of an output artifact: nothing, or of each of its parts something. */
  List<Described> artifacts(String name) {
    InputValue given = described.get(name);
    if (given == null) {
      return List.of(Described.NOT_AT_ALL);
    }
    Place place = Place.of("artifacts").field(name);
    InputValue list = Forms.map(given, place).get("artifacts");
    if (list == null) {
      return List.of(Described.NOT_AT_ALL);
    }
    List<Described> all = new ArrayList<>();
    for (InputValue each : Forms.list(list, place.field("artifacts"))) {
      Place here = place.field("artifacts").index(all.size());
      Map<String, InputValue> fields = Forms.map(each, here);
      InputValue uri = fields.get("uri");
      InputValue metadata = fields.getOrDefault("metadata", InputValue.MapValue.EMPTY);
      all.add(
          new Described(
              uri == null ? null : Forms.text(uri, here.field("uri")),
              new InputValue.MapValue(Forms.map(metadata, here.field("metadata")))));
    }
    return all;
  }

  private static Map<String, InputValue> map(Map<String, InputValue> fields, String name) {
    InputValue field = fields.get(name);
    return field == null ? Map.of() : Forms.map(field, Place.of(name));
  }
}
