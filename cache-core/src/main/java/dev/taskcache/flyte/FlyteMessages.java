package dev.taskcache.flyte;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of Flyte 1.16 that a task, a node and its inputs consist of, by name. The fields'
 * numbers are those of its public reference; newer fields without a part in caching are passed
 * over.
 */
final class FlyteMessages {
  private static final Map<String, MessageType> ALL = new HashMap<>();

  static {
    List.of(
            CommonMessages.all(),
            LiteralMessages.all(),
            TypeMessages.all(),
            TaskMessages.all(),
            NodeMessages.all())
        .forEach(each -> each.forEach(type -> ALL.put(type.name(), type)));
  }

  private FlyteMessages() {}

  static MessageType of(String name) {
    MessageType type = ALL.get(name);
    if (type == null) {
      throw new IllegalArgumentException("there is no message " + name);
    }
    return type;
  }

  static MessageType of(ProtoKind.Nested kind) {
    return of(kind.message());
  }

  static Iterable<MessageType> all() {
    return ALL.values();
  }

  static MessageType message(String name, ProtoField... fields) {
    return new MessageType(name, List.of(fields));
  }
}
