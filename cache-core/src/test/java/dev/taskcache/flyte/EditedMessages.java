package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One edit of a message, anywhere in it, that makes it say something else. */
final class EditedMessages {
  private final Random random;
  private final RandomMessages messages;

  EditedMessages(long seed) {
    this.random = new Random(~seed);
    this.messages = new RandomMessages(~seed);
  }

  Message edited(Message message) {
    List<ProtoField> fields = editable(message);
    ProtoField field = fields.get(random.nextInt(fields.size()));
    if (isTime(message)) {
      field = message.type().known("seconds");
    }
    Message copy = new Message(message.type());
    message.forEach(copy::set);
    copy.set(field, value(field, message.get(field)));
    return copy;
  }

  /** Some messages, Void for one, have nothing that could be otherwise. */
  private static List<ProtoField> editable(Message message) {
    return message.type().fields().stream()
        .filter(each -> !(each.kind() instanceof ProtoKind.PassedOver))
        .filter(each -> !(each.kind() instanceof ProtoKind.Choice choice && only(choice)))
        .filter(each -> !(message.get(each) instanceof Message inner) || !editable(inner).isEmpty())
        .toList();
  }

  /** Edits of nanoseconds may go where no time is. */
  private static boolean isTime(Message message) {
    String name = message.type().name();
    return name.equals(CommonMessages.TIMESTAMP) || name.equals(CommonMessages.DURATION);
  }

  private static boolean only(ProtoKind.Choice choice) {
    return choice.type().names().size() == 1;
  }

  private Object value(ProtoField field, @Nullable Object old) {
    return switch (field.cardinality()) {
      case ONE -> old == null ? fresh(field.kind()) : one(field.kind(), old);
      case LIST -> list(field.kind(), old instanceof List<?> list ? list : List.of());
      case MAP -> map(field.kind(), old instanceof Map<?, ?> map ? map : Map.of());
    };
  }

  private List<Object> list(ProtoKind kind, List<?> old) {
    List<Object> list = new ArrayList<>(old);
    int i = random.nextInt(list.size() + 1);
    if (i == list.size()) {
      list.add(fresh(kind));
    } else if (random.nextBoolean()) {
      list.remove(i);
    } else {
      list.set(i, one(kind, list.get(i)));
    }
    return list;
  }

  private Map<String, Object> map(ProtoKind kind, Map<?, ?> old) {
    Map<String, Object> map = new LinkedHashMap<>();
    old.forEach((key, value) -> map.put((String) key, value));
    List<String> names = new ArrayList<>(map.keySet());
    int i = random.nextInt(names.size() + 1);
    if (i == names.size()) {
      map.put("one more", fresh(kind));
    } else if (random.nextBoolean()) {
      map.remove(names.get(i));
    } else {
      map.put(names.get(i), one(kind, map.get(names.get(i))));
    }
    return map;
  }

  /** A value that is not the default. */
  private Object fresh(ProtoKind kind) {
    if (kind instanceof ProtoKind.Nested nested) {
      return messages.message(nested.message(), 2);
    } else if (kind instanceof ProtoKind.Choice) {
      return 1L;
    }
    return switch ((ProtoKind.Scalar) kind) {
      case STRING -> "fresh";
      case BYTES -> new InputValue.Bytes(new byte[] {1});
      case BOOL -> true;
      case DOUBLE -> 0.5;
      default -> 1L;
    };
  }

  private Object one(ProtoKind kind, Object old) {
    if (old instanceof Message message) {
      return edited(message);
    } else if (kind instanceof ProtoKind.Choice choice) {
      return ((Long) old + 1) % choice.type().names().size();
    } else if (old instanceof String text) {
      return text + "x";
    } else if (old instanceof Boolean flag) {
      return !flag;
    } else if (old instanceof InputValue.Bytes bytes) {
      return new InputValue.Bytes(new byte[bytes.value().length + 1]);
    } else if (old instanceof Double number) {
      return number == 1 ? 2.0 : 1.0;
    }
    long number = (Long) old;
    return number < 0 ? number - 1 : number + 1;
  }
}
