package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Flyte's literals as input values. */
final class LiteralValues {
  static final String BLOB = "flyte.Blob";
  static final String SCHEMA = "flyte.Schema";
  static final String DATASET = "flyte.StructuredDataset";

  private LiteralValues() {}

  static Map<String, InputValue> of(Map<String, Message> literals) {
    Map<String, InputValue> values = new LinkedHashMap<>();
    literals.forEach((name, literal) -> values.put(name, of(literal)));
    return values;
  }

  /** A literal's own hash says what it is; its value, which may lie elsewhere, does not count. */
  private static InputValue of(Message literal) {
    if (literal.has("hash")) {
      return new Artifact(
          "flyte.Hashed", null, null, map("hash", new InputValue.Text(literal.text("hash"))));
    }
    ProtoField which = literal.which("value");
    return switch (which == null ? "" : which.name()) {
      case "scalar" -> scalar(literal.message("scalar"));
      case "collection" -> {
        List<InputValue> elements = new ArrayList<>();
        literal
            .message("collection")
            .<Message>list("literals")
            .forEach(each -> elements.add(of(each)));
        yield new ListValue(elements);
      }
      case "map" -> new MapValue(of(literal.message("map").map("literals")));
      case "offloaded_metadata" -> stored("flyte.Offloaded", literal.message("offloaded_metadata"));
      default -> InputValue.Null.NULL;
    };
  }

  private static InputValue scalar(Message scalar) {
    ProtoField which = scalar.which("value");
    return switch (which == null ? "" : which.name()) {
      case "primitive" -> primitive(scalar.message("primitive"));
      case "blob" -> stored(BLOB, scalar.message("blob"));
      case "schema" -> stored(SCHEMA, scalar.message("schema"));
      case "structured_dataset" -> stored(DATASET, scalar.message("structured_dataset"));
      case "generic" -> MessageValues.of(scalar.message("generic"));
      case "binary" -> MessageValues.of(scalar.message("binary"));
      case "error" -> MessageValues.of(scalar.message("error"));
      case "union" -> union(scalar.message("union"));
      default -> InputValue.Null.NULL;
    };
  }

  private static InputValue primitive(Message primitive) {
    ProtoField which = primitive.which("value");
    Object value = which == null ? null : primitive.get(which);
    return which == null || value == null
        ? InputValue.Null.NULL
        : MessageValues.one(which.kind(), value);
  }

  /** The variant counts, as two of them may hold the same value. */
  private static InputValue union(Message union) {
    return new MapValue(
        Map.of(
            "type", MessageValues.of(union.message("type")),
            "value", of(union.message("value"))));
  }

  /** Data somewhere else: its place is all that Flyte knows of it. */
  private static InputValue stored(String type, Message message) {
    Map<String, InputValue> metadata =
        new LinkedHashMap<>(((MapValue) MessageValues.of(message)).entries());
    metadata.remove("uri");
    @Nullable String uri = message.has("uri") ? message.text("uri") : null;
    return uri == null && metadata.isEmpty()
        ? new Artifact(type, null, null, map("uri", new InputValue.Text("")))
        : new Artifact(type, null, uri, new MapValue(metadata));
  }

  private static MapValue map(String key, InputValue value) {
    return new MapValue(Map.of(key, value));
  }
}
