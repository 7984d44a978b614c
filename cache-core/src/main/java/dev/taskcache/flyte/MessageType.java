package dev.taskcache.flyte;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a message. */
final class MessageType {
  private final String name;
  private final List<ProtoField> fields;
  private final Map<Integer, ProtoField> byNumber = new LinkedHashMap<>();
  private final Map<String, ProtoField> byName = new LinkedHashMap<>();

  MessageType(String name, List<ProtoField> fields) {
    this.name = name;
    this.fields = List.copyOf(fields);
    for (ProtoField field : fields) {
      byNumber.put(field.number(), field);
      byName.put(field.name(), field);
      byName.put(field.json(), field);
    }
  }

  String name() {
    return name;
  }

  List<ProtoField> fields() {
    return fields;
  }

  /** The field of a number in protobuf bytes; null if there is none. */
  @Nullable ProtoField field(int number) {
    return byNumber.get(number);
  }

  /** The field of a name in JSON, lowerCamelCase or original. */
  Optional<ProtoField> field(String named) {
    return Optional.ofNullable(byName.get(named));
  }

  /** The field of a name that is known to be there. */
  ProtoField known(String named) {
    return field(named)
        .orElseThrow(() -> new IllegalArgumentException(name + " has no field " + named));
  }

  @Override
  public String toString() {
    return name;
  }
}
