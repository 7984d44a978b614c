package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Messages of any type from a seed; small enough that equal ones come up again. */
final class RandomMessages {
  private static final String[] WORDS = {
    "", "a", "b", "é", "e\u0301", "\uffff", "\ud83d\ude00", "\u0000", "\"\\", "\u2028", "NaN", "1"
  };
  private static final double[] NUMBERS = {
    0.0, -0.0, 1, 0.1, -23.1234, 1e300, 9007199254740992.0, Double.MIN_VALUE, Double.MAX_VALUE
  };

  private final Random random;

  RandomMessages(long seed) {
    this.random = new Random(seed);
  }

  Message message(String type, int depth) {
    Message message = Message.empty(type);
    switch (type) {
      case CommonMessages.TIMESTAMP -> {
        message.set("seconds", random.nextInt() * 20L);
        return message.set("nanos", random.nextBoolean() ? 0L : random.nextInt(1_000_000_000));
      }
      case CommonMessages.DURATION -> {
        long sign = random.nextBoolean() ? 1 : -1;
        message.set("seconds", sign * random.nextInt(3));
        return message.set("nanos", sign * random.nextInt(1_000) * 1_000);
      }
      default -> {}
    }
    List<ProtoField> fields = new ArrayList<>(message.type().fields());
    Collections.shuffle(fields, random);
    boolean needsOne = type.equals(CommonMessages.VALUE);
    for (ProtoField field : fields) {
      boolean ends = depth <= 0 && field.kind() instanceof ProtoKind.Nested;
      if (field.kind() instanceof ProtoKind.PassedOver || ends && !needsOne) {
        continue;
      } else if (needsOne && !ends || !needsOne && random.nextInt(3) > 0) {
        message.set(field, value(field, depth - 1));
        if (needsOne) {
          return message;
        }
      }
    }
    return message;
  }

  private Object value(ProtoField field, int depth) {
    return switch (field.cardinality()) {
      case ONE -> one(field.kind(), depth);
      case LIST -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
          list.add(one(field.kind(), depth));
        }
        yield list;
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(word(), one(field.kind(), depth));
        }
        yield map;
      }
    };
  }

  private Object one(ProtoKind kind, int depth) {
    if (kind instanceof ProtoKind.Nested nested) {
      return message(nested.message(), depth);
    } else if (kind instanceof ProtoKind.Choice choice) {
      return (long) random.nextInt(choice.type().names().size());
    }
    return switch ((ProtoKind.Scalar) kind) {
      case STRING -> word();
      case BYTES -> new InputValue.Bytes(new byte[random.nextInt(3)]);
      case BOOL -> random.nextBoolean();
      case INT32 -> (long) (random.nextInt(5) - 2);
      case UINT32 -> (long) random.nextInt(5);
      case INT64, UINT64 -> random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(3) - 1L;
      case DOUBLE -> NUMBERS[random.nextInt(NUMBERS.length)];
    };
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  /** The same message, its maps filled in another order. */
  Message shuffled(Message message) {
    Message copy = new Message(message.type());
    message.forEach((field, value) -> copy.set(field, shuffledValue(value)));
    return copy;
  }

  private Object shuffledValue(Object value) {
    if (value instanceof Message message) {
      return shuffled(message);
    } else if (value instanceof List<?> list) {
      return list.stream().map(this::shuffledValue).toList();
    } else if (value instanceof Map<?, ?> map) {
      List<Object> keys = new ArrayList<>(map.keySet());
      Collections.shuffle(keys, random);
      Map<Object, Object> copy = new LinkedHashMap<>();
      keys.forEach(key -> copy.put(key, shuffledValue(map.get(key))));
      return copy;
    }
    return value;
  }
}
