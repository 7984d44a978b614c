package dev.taskcache.key;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Converts Java objects to values, keeping the place for errors. */
final class JavaObjects {
  // Finding a record's components takes longer than reading them.
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  // A fault of depth is the whole value's, and its own path would be too long to read.
  private final Place whole;

  private JavaObjects(Place whole) {
    this.whole = whole;
  }

  static InputValue toValue(@Nullable Object object, Place place) {
    return Depth.guarded(place, () -> new JavaObjects(place).convert(object, place, 0));
  }

  // As few frames for each level as possible, and small ones: a thousand must fit a usual stack.
  private InputValue convert(@Nullable Object given, Place place, int depth) {
    Object object = present(given);
    if (object == null) {
      return InputValue.Null.NULL;
    }
    try {
      InputValue simple = place.locate(() -> simple(object));
      if (simple != null) {
        return simple;
      } else if (object instanceof Map<?, ?> map) {
        return map(map, place, Depth.below(depth, whole));
      } else if (object instanceof Set<?> set) {
        InputValue.ListValue list = list(set, place, Depth.below(depth, whole));
        return place.locate(() -> inEncodedOrder(list));
      } else if (object instanceof Collection<?> collection) {
        return list(collection, place, Depth.below(depth, whole));
      } else if (object instanceof Record record) {
        return record(record, place, Depth.below(depth, whole));
      }
      return list(elements(object, place), place, Depth.below(depth, whole));
    } catch (InvalidRequestException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new InvalidRequestException(
          place, "the value could not be read: " + e + "; pass a copy that nobody changes", e);
    }
  }

  private static @Nullable Object present(@Nullable Object given) {
    Object present = given;
    while (present instanceof Optional<?> optional) {
      present = optional.orElse(null);
    }
    return present;
  }

  private static @Nullable InputValue simple(Object object) {
    // Final classes first: to ask for an interface costs ten times as much.
    if (object instanceof String text) {
      return new InputValue.Text(text);
    } else if (object instanceof Integer number) {
      return new InputValue.Int(number);
    } else if (object instanceof Long number) {
      return new InputValue.Int(number);
    } else if (object instanceof Double number) {
      return new InputValue.Float64(number);
    } else if (object instanceof Boolean bool) {
      return new InputValue.Bool(bool);
    } else if (object instanceof InputValue value) {
      return value;
    } else if (object instanceof Enum<?> constant) {
      return new InputValue.Text(constant.name());
    } else if (object instanceof CharSequence || object instanceof Character) {
      return new InputValue.Text(object.toString());
    } else if (object instanceof Short || object instanceof Byte) {
      return new InputValue.Int(((Number) object).longValue());
    } else if (object instanceof BigInteger integer) {
      return new InputValue.Int(integer);
    } else if (object instanceof Float number) {
      return new InputValue.Float64(number);
    } else if (object instanceof BigDecimal decimal) {
      return new InputValue.Decimal(decimal);
    } else if (object instanceof Instant instant) {
      return new InputValue.Timestamp(instant);
    } else if (object instanceof OffsetDateTime time) {
      return new InputValue.Timestamp(time.toInstant());
    } else if (object instanceof ZonedDateTime time) {
      return new InputValue.Timestamp(time.toInstant());
    } else if (object instanceof byte[] bytes) {
      return new InputValue.Bytes(bytes);
    }
    return null;
  }

  private static List<@Nullable Object> elements(Object object, Place place) {
    if (!object.getClass().isArray()) {
      throw new InvalidRequestException(
          place,
          "a value of "
              + object.getClass().getName()
              + " has no encoding; pass a text, number, record, list or map made from it");
    }
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(object); i++) {
      elements.add(Array.get(object, i));
    }
    return elements;
  }

  private InputValue map(Map<?, ?> map, Place place, int depth) {
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object key = entry.getKey();
      if (!(key instanceof CharSequence || key instanceof Enum<?>)) {
        throw new InvalidRequestException(
            place,
            "a map's keys must be texts, not "
                + (key == null ? "null" : key.getClass().getName())
                + "; turn them into texts");
      }
      String name = key instanceof Enum<?> constant ? constant.name() : key.toString();
      Place inside = place.field(Utf8.check(name, place));
      if (entries.put(name, convert(entry.getValue(), inside, depth)) != null) {
        throw new InvalidRequestException(inside, "two keys of the map are this same text");
      }
    }
    return new InputValue.MapValue(entries);
  }

  private InputValue.ListValue list(Collection<?> collection, Place place, int depth) {
    List<InputValue> elements = new ArrayList<>();
    for (Object element : collection) {
      elements.add(convert(element, place.index(elements.size()), depth));
    }
    return new InputValue.ListValue(elements);
  }

  /** A set has no order of its own, so the encodings give it one. */
  private static InputValue inEncodedOrder(InputValue.ListValue list) {
    List<Map.Entry<byte[], InputValue>> sorted = new ArrayList<>();
    list.elements().forEach(each -> sorted.add(Map.entry(CanonicalWriter.encode(each), each)));
    sorted.sort((a, b) -> Arrays.compareUnsigned(a.getKey(), b.getKey()));
    return new InputValue.ListValue(sorted.stream().map(Map.Entry::getValue).toList());
  }

  private InputValue record(Record record, Place place, int depth) {
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (RecordComponent component : COMPONENTS.get(record.getClass())) {
      Place inside = place.field(component.getName());
      Object value = read(record, component, inside);
      if (!(value instanceof Optional<?> optional && optional.isEmpty())) {
        entries.put(component.getName(), convert(value, inside, depth));
      }
    }
    return new InputValue.MapValue(entries);
  }

  private static @Nullable Object read(Record record, RecordComponent component, Place place) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (InvocationTargetException e) {
      throw new InvalidRequestException(
          place, "its accessor failed: " + e.getCause() + "; pass a record that can be read", e);
    } catch (IllegalAccessException | RuntimeException e) {
      throw new InvalidRequestException(
          place, "its accessor cannot be called: " + e + "; open the package to dev.taskcache", e);
    }
  }
}
