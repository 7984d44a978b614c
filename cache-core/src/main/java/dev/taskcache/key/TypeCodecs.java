package dev.taskcache.key;

import com.google.common.reflect.TypeToken;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the codecs of a Java type and of the types inside it. Not thread-safe. */
final class TypeCodecs {
  /** The most parameterisations of one record; without end, they would fill the stack. */
  private static final int MOST_FORMS = 30;

  private final Map<TypeToken<?>, TypeCodec> records = new HashMap<>();
  private final Map<String, ValueType> definitions = new LinkedHashMap<>();

  Map<String, ValueType> definitions() {
    return definitions;
  }

  static String nameOf(Type type) {
    return TypeToken.of(type).getRawType().getSimpleName();
  }

  TypeCodec of(Type type, Place place) {
    return of(TypeToken.of(type), place);
  }

  private TypeCodec of(TypeToken<?> type, Place place) {
    Class<?> raw = type.getRawType();
    TypeCodec scalar = ScalarCodecs.of(raw);
    if (scalar != null) {
      return scalar;
    } else if (raw.isEnum()) {
      return place.locate(() -> enumeration(raw));
    } else if (raw == Optional.class) {
      return optional(argument(type, Optional.class, 0), place);
    } else if (raw.isArray()) {
      return array(Objects.requireNonNull(type.getComponentType()), place);
    } else if (raw == Set.class || raw == LinkedHashSet.class) {
      return list(
          argument(type, Collection.class, 0),
          place,
          (elements, at) -> new LinkedHashSet<>(elements));
    } else if (raw.isAssignableFrom(ArrayList.class) && Iterable.class.isAssignableFrom(raw)) {
      return list(argument(type, Iterable.class, 0), place, (elements, at) -> elements);
    } else if (raw.isAssignableFrom(LinkedHashMap.class) && Map.class.isAssignableFrom(raw)) {
      return map(type, place);
    } else if (raw.isRecord()) {
      return record(type, place);
    }
    throw new InvalidRequestException(
        place,
        type
            + " has no output schema; use a record, enum, list, map, optional, number, text,"
            + " byte[] or Instant, or give the request its outputs and return named ones");
  }

  private static TypeToken<?> argument(TypeToken<?> type, Class<?> declaring, int index) {
    return type.resolveType(declaring.getTypeParameters()[index]);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static TypeCodec enumeration(Class<?> raw) {
    List<String> names =
        Arrays.stream(raw.getEnumConstants()).map(each -> ((Enum<?>) each).name()).toList();
    ValueType type = new ValueType.EnumType(names);
    return new TypeCodec(
        type,
        (value, place) -> {
          if (value instanceof InputValue.Text text && names.contains(text.value())) {
            return Enum.valueOf((Class) raw, text.value());
          }
          throw TypeCodec.unfit(type, value, place);
        });
  }

  private TypeCodec optional(TypeToken<?> inside, Place place) {
    TypeCodec codec = of(inside, place);
    if (codec.type() instanceof ValueType.OptionalType) {
      throw new InvalidRequestException(
          place, "an optional of an optional reads back as another; use one of them");
    }
    return new TypeCodec(
        new ValueType.OptionalType(codec.type()),
        (value, at) -> Optional.ofNullable(codec.read(value, at)));
  }

  private TypeCodec array(TypeToken<?> element, Place place) {
    return list(
        element,
        place,
        (elements, at) -> {
          Object array = Array.newInstance(element.getRawType(), elements.size());
          for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) == null && element.isPrimitive()) {
              throw new InvalidRequestException(at.index(i), "null does not fit " + element);
            }
            Array.set(array, i, elements.get(i));
          }
          return array;
        });
  }

  private TypeCodec list(TypeToken<?> element, Place place, Collected collected) {
    TypeCodec codec = of(element, place.each());
    ValueType type = new ValueType.ListType(codec.type());
    return new TypeCodec(
        type,
        (value, at) -> {
          if (!(value instanceof InputValue.ListValue list)) {
            throw TypeCodec.unfit(type, value, at);
          }
          List<@Nullable Object> elements = new ArrayList<>(list.elements().size());
          for (InputValue each : list.elements()) {
            elements.add(codec.read(each, at.index(elements.size())));
          }
          return collected.from(elements, at);
        });
  }

  /** What a list type's elements become. */
  private interface Collected {
    Object from(List<@Nullable Object> elements, Place place);
  }

  private TypeCodec map(TypeToken<?> type, Place place) {
    TypeToken<?> key = argument(type, Map.class, 0);
    TypeCodec keys = of(key, place.field("key"));
    if (!(keys.type() == ValueType.Scalar.TEXT || keys.type() instanceof ValueType.EnumType)) {
      throw new InvalidRequestException(
          place, "a map's keys must be texts or enums, not " + key + "; turn them into texts");
    }
    TypeCodec values = of(argument(type, Map.class, 1), place.each());
    ValueType schema = new ValueType.MapType(values.type());
    return new TypeCodec(
        schema,
        (value, at) -> {
          if (!(value instanceof InputValue.MapValue map)) {
            throw TypeCodec.unfit(schema, value, at);
          }
          Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
          for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
            Place inside = at.field(entry.getKey());
            entries.put(
                keys.read(new InputValue.Text(entry.getKey()), inside),
                values.read(entry.getValue(), inside));
          }
          return entries;
        });
  }

  /** A record is a definition, so that it can stand inside itself; canonical schemas inline it. */
  private TypeCodec record(TypeToken<?> type, Place place) {
    TypeCodec known = records.get(type);
    if (known != null) {
      return known;
    }
    Class<?> raw = type.getRawType();
    if (records.keySet().stream().filter(each -> each.getRawType() == raw).count() == MOST_FORMS) {
      throw new InvalidRequestException(
          place, raw.getSimpleName() + " contains ever larger forms of itself; use plain ones");
    }
    String name = type + "#" + records.size();
    RecordReader reader = new RecordReader(raw);
    TypeCodec codec = new TypeCodec(new ValueType.RefType(name), reader);
    records.put(type, codec);
    definitions.put(name, reader.bind(type, this::of, place));
    return codec;
  }
}
