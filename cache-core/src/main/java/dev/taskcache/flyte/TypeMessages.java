package dev.taskcache.flyte;

import static dev.taskcache.flyte.FlyteMessages.message;
import static dev.taskcache.flyte.ProtoField.list;
import static dev.taskcache.flyte.ProtoField.map;
import static dev.taskcache.flyte.ProtoField.one;
import static dev.taskcache.flyte.ProtoKind.Scalar.BOOL;
import static dev.taskcache.flyte.ProtoKind.Scalar.BYTES;
import static dev.taskcache.flyte.ProtoKind.Scalar.STRING;

import dev.taskcache.flyte.ProtoKind.Choice;
import java.util.List;
import java.util.stream.Stream;

/** The messages of types and interfaces. */
final class TypeMessages {
  private static final Choice SIMPLE_TYPE =
      new Choice(
          ProtoEnum.of(
              "NONE",
              "INTEGER",
              "FLOAT",
              "STRING",
              "BOOLEAN",
              "DATETIME",
              "DURATION",
              "BINARY",
              "ERROR",
              "STRUCT"));
  private static final Choice COLUMN_TYPE =
      new Choice(ProtoEnum.of("INTEGER", "FLOAT", "STRING", "BOOLEAN", "DATETIME", "DURATION"));
  private static final Choice DIMENSIONALITY = new Choice(ProtoEnum.of("SINGLE", "MULTIPART"));
  private static final Choice GRANULARITY =
      new Choice(ProtoEnum.of("UNSET", "MINUTE", "HOUR", "DAY", "MONTH"));
  private static final Choice OPERATOR = new Choice(ProtoEnum.of("MINUS", "PLUS"));
  private static final String GROUP = "type";

  private TypeMessages() {}

  static List<MessageType> all() {
    return Stream.of(types(), interfaces()).flatMap(List::stream).toList();
  }

  private static List<MessageType> types() {
    return List.of(
        message(
            "LiteralType",
            one(1, "simple", SIMPLE_TYPE).in(GROUP),
            one(2, "schema", "SchemaType").in(GROUP),
            one(3, "collection_type", "LiteralType").in(GROUP),
            one(4, "map_value_type", "LiteralType").in(GROUP),
            one(5, "blob", "BlobType").in(GROUP),
            one(6, "metadata", CommonMessages.STRUCT),
            one(7, "enum_type", "EnumType").in(GROUP),
            one(8, "structured_dataset_type", "StructuredDatasetType").in(GROUP),
            one(9, "annotation", "TypeAnnotation"),
            one(10, "union_type", "UnionType").in(GROUP),
            one(11, "structure", "TypeStructure"),
            one(12, "offloaded_type", "OffloadedType").in(GROUP)),
        message("SchemaType", list(3, "columns", "SchemaColumn")),
        message("SchemaColumn", one(1, "name", STRING), one(2, "type", COLUMN_TYPE)),
        message(
            "StructuredDatasetType",
            list(1, "columns", "DatasetColumn"),
            one(2, "format", STRING),
            one(3, "external_schema_type", STRING),
            one(4, "external_schema_bytes", BYTES)),
        message("DatasetColumn", one(1, "name", STRING), one(2, "literal_type", "LiteralType")),
        message("BlobType", one(1, "format", STRING), one(2, "dimensionality", DIMENSIONALITY)),
        message("EnumType", list(1, "values", STRING)),
        message("UnionType", list(1, "variants", "LiteralType")),
        message("OffloadedType", one(1, "actual_literal_type", "LiteralType")),
        message("TypeStructure", one(1, "tag", STRING), map(2, "dataclass_type", "LiteralType")),
        message("TypeAnnotation", one(1, "annotations", CommonMessages.STRUCT)));
  }

  private static List<MessageType> interfaces() {
    return List.of(
        message(
            "TypedInterface", one(1, "inputs", "VariableMap"), one(2, "outputs", "VariableMap")),
        message("VariableMap", map(1, "variables", "Variable")),
        message(
            "Variable",
            one(1, "type", "LiteralType"),
            one(2, "description", STRING),
            one(3, "artifact_partial_id", "ArtifactID"),
            one(4, "artifact_tag", "ArtifactTag")),
        message(
            "ArtifactKey",
            one(1, "project", STRING),
            one(2, "domain", STRING),
            one(3, "name", STRING),
            one(4, "org", STRING)),
        message(
            "ArtifactID",
            one(1, "artifact_key", "ArtifactKey"),
            one(2, "version", STRING),
            one(3, "partitions", "Partitions"),
            one(4, "time_partition", "TimePartition")),
        message(
            "ArtifactTag", one(1, "artifact_key", "ArtifactKey"), one(2, "value", "LabelValue")),
        message("Partitions", map(1, "value", "LabelValue")),
        message("TimePartition", one(1, "value", "LabelValue"), one(2, "granularity", GRANULARITY)),
        message(
            "LabelValue",
            one(1, "static_value", STRING).in("value"),
            one(2, "time_value", CommonMessages.TIMESTAMP).in("value"),
            one(3, "triggered_binding", "ArtifactBindingData").in("value"),
            one(4, "input_binding", "InputBindingData").in("value"),
            one(5, "runtime_binding", "RuntimeBinding").in("value")),
        message(
            "ArtifactBindingData",
            one(5, "partition_key", STRING).in("partition_data"),
            one(6, "bind_to_time_partition", BOOL).in("partition_data"),
            one(7, "time_transform", "TimeTransform")),
        message("TimeTransform", one(1, "transform", STRING), one(2, "op", OPERATOR)),
        message("InputBindingData", one(1, "var", STRING)),
        message("RuntimeBinding"));
  }
}
