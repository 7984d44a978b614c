package dev.taskcache.flyte;

import static dev.taskcache.flyte.FlyteMessages.message;
import static dev.taskcache.flyte.ProtoField.list;
import static dev.taskcache.flyte.ProtoField.map;
import static dev.taskcache.flyte.ProtoField.one;
import static dev.taskcache.flyte.ProtoKind.Scalar.BOOL;
import static dev.taskcache.flyte.ProtoKind.Scalar.DOUBLE;
import static dev.taskcache.flyte.ProtoKind.Scalar.INT32;
import static dev.taskcache.flyte.ProtoKind.Scalar.INT64;
import static dev.taskcache.flyte.ProtoKind.Scalar.STRING;

import java.util.List;

/** Protobuf's own messages, which have forms of their own in JSON, and the key's request. */
final class CommonMessages {
  static final String TIMESTAMP = "Timestamp";
  static final String DURATION = "Duration";
  static final String BOOL_VALUE = "BoolValue";
  static final String STRUCT = "Struct";
  static final String VALUE = "Value";
  static final String LIST_VALUE = "ListValue";

  private CommonMessages() {}

  static List<MessageType> all() {
    return List.of(
        message(TIMESTAMP, one(1, "seconds", INT64), one(2, "nanos", INT32)),
        message(DURATION, one(1, "seconds", INT64), one(2, "nanos", INT32)),
        message(BOOL_VALUE, one(1, "value", BOOL)),
        message(STRUCT, map(1, "fields", VALUE)),
        message(LIST_VALUE, list(1, "values", VALUE)),
        message(
            VALUE,
            one(1, "null_value", new ProtoKind.Choice(ProtoEnum.of("NULL_VALUE"))).in("kind"),
            one(2, "number_value", DOUBLE).in("kind"),
            one(3, "string_value", STRING).in("kind"),
            one(4, "bool_value", BOOL).in("kind"),
            one(5, "struct_value", STRUCT).in("kind"),
            one(6, "list_value", LIST_VALUE).in("kind")),
        // Not Flyte's: what FlyteCacheKey.fromJson reads, by the rules of Flyte's messages.
        message(
            "KeyRequest",
            one(1, "task", "KeyRequestTask"),
            map(2, "literals", "Literal"),
            list(3, "ignored", STRING)),
        message(
            "KeyRequestTask",
            one(1, "project", STRING),
            one(2, "domain", STRING),
            one(3, "name", STRING),
            one(4, "cache_version", STRING),
            map(5, "inputs", "Variable"),
            map(6, "outputs", "Variable")));
  }
}
