package dev.taskcache.flyte;

import dev.taskcache.key.ValueType;
import dev.taskcache.key.ValueType.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flyte's types as types of outputs; what no type can say is {@code any}. */
final class LiteralTypes {
  private static final Map<String, ValueType> SIMPLE =
      Map.of(
          "INTEGER", Scalar.INT,
          "FLOAT", Scalar.FLOAT64,
          "STRING", Scalar.TEXT,
          "BOOLEAN", Scalar.BOOL,
          "DATETIME", Scalar.TIMESTAMP,
          "DURATION", Scalar.DECIMAL);

  private LiteralTypes() {}

  static ValueType of(Message type) {
    ProtoField which = type.which("type");
    return switch (which == null ? "" : which.name()) {
      case "simple" -> simple(type);
      case "collection_type" -> new ValueType.ListType(of(type.message("collection_type")));
      case "map_value_type" -> new ValueType.MapType(of(type.message("map_value_type")));
      case "blob" -> new ValueType.ArtifactType(LiteralValues.BLOB);
      case "schema" -> new ValueType.ArtifactType(LiteralValues.SCHEMA);
      case "structured_dataset_type" -> new ValueType.ArtifactType(LiteralValues.DATASET);
      case "offloaded_type" -> of(type.message("offloaded_type").message("actual_literal_type"));
      case "enum_type" -> {
        List<String> values = type.message("enum_type").list("values");
        yield values.isEmpty() ? Scalar.TEXT : new ValueType.EnumType(values);
      }
      default -> Scalar.ANY;
    };
  }

  private static ValueType simple(Message type) {
    String name = type.choice("simple");
    Map<String, Message> fields = type.message("structure").map("dataclass_type");
    if (name.equals("STRUCT") && !fields.isEmpty() && !fields.containsKey("")) {
      Map<String, ValueType> types = new LinkedHashMap<>();
      fields.forEach((field, each) -> types.put(field, of(each)));
      return new ValueType.RecordType(types);
    }
    return SIMPLE.getOrDefault(name, Scalar.ANY);
  }
}
