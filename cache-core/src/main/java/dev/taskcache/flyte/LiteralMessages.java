package dev.taskcache.flyte;

import static dev.taskcache.flyte.FlyteMessages.message;
import static dev.taskcache.flyte.ProtoField.list;
import static dev.taskcache.flyte.ProtoField.map;
import static dev.taskcache.flyte.ProtoField.one;
import static dev.taskcache.flyte.ProtoKind.Scalar.BOOL;
import static dev.taskcache.flyte.ProtoKind.Scalar.BYTES;
import static dev.taskcache.flyte.ProtoKind.Scalar.DOUBLE;
import static dev.taskcache.flyte.ProtoKind.Scalar.INT64;
import static dev.taskcache.flyte.ProtoKind.Scalar.STRING;
import static dev.taskcache.flyte.ProtoKind.Scalar.UINT64;

import java.util.List;

/** The messages of values. */
final class LiteralMessages {
  private static final String GROUP = "value";

  private LiteralMessages() {}

  static List<MessageType> all() {
    return List.of(
        message("LiteralMap", map(1, "literals", "Literal")),
        message("LiteralCollection", list(1, "literals", "Literal")),
        message(
            "Literal",
            one(1, "scalar", "Scalar").in(GROUP),
            one(2, "collection", "LiteralCollection").in(GROUP),
            one(3, "map", "LiteralMap").in(GROUP),
            one(4, "hash", STRING),
            map(5, "metadata", STRING),
            one(8, "offloaded_metadata", "LiteralOffloadedMetadata").in(GROUP)),
        message(
            "LiteralOffloadedMetadata",
            one(1, "uri", STRING),
            one(2, "size_bytes", UINT64),
            one(3, "inferred_type", "LiteralType")),
        message(
            "Scalar",
            one(1, "primitive", "Primitive").in(GROUP),
            one(2, "blob", "Blob").in(GROUP),
            one(3, "binary", "Binary").in(GROUP),
            one(4, "schema", "Schema").in(GROUP),
            one(5, "none_type", "Void").in(GROUP),
            one(6, "error", "Error").in(GROUP),
            one(7, "generic", CommonMessages.STRUCT).in(GROUP),
            one(8, "structured_dataset", "StructuredDataset").in(GROUP),
            one(9, "union", "Union").in(GROUP)),
        message(
            "Primitive",
            one(1, "integer", INT64).in(GROUP),
            one(2, "float_value", DOUBLE).in(GROUP),
            one(3, "string_value", STRING).in(GROUP),
            one(4, "boolean", BOOL).in(GROUP),
            one(5, "datetime", CommonMessages.TIMESTAMP).in(GROUP),
            one(6, "duration", CommonMessages.DURATION).in(GROUP)),
        message("Void"),
        message("Blob", one(1, "metadata", "BlobMetadata"), one(3, "uri", STRING)),
        message("BlobMetadata", one(1, "type", "BlobType")),
        message("Binary", one(1, "value", BYTES), one(2, "tag", STRING)),
        message("Schema", one(1, "uri", STRING), one(3, "type", "SchemaType")),
        message("Error", one(1, "failed_node_id", STRING), one(2, "message", STRING)),
        message("Union", one(1, "value", "Literal"), one(2, "type", "LiteralType")),
        message(
            "StructuredDataset",
            one(1, "uri", STRING),
            one(2, "metadata", "StructuredDatasetMetadata")),
        message(
            "StructuredDatasetMetadata",
            one(1, "structured_dataset_type", "StructuredDatasetType")));
  }
}
