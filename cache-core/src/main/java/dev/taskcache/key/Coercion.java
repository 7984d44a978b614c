package dev.taskcache.key;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings a value to its declared type, exactly or not at all. */
final class Coercion {
  /** More than a schema has types: whoever follows as many refs is going round. */
  private static final int MOST_STEPS = 20_000;

  private final Map<String, ValueType> definitions;
  // A fault of depth is the whole value's, and its own path would be too long to read.
  private final Place whole;

  private Coercion(Map<String, ValueType> definitions, Place whole) {
    this.definitions = definitions;
    this.whole = whole;
  }

  static InputValue coerce(InputValue value, ValueType type, Place place) {
    return coerce(value, type, Map.of(), place);
  }

  /** The same for types that refer to definitions, all of which are there. */
  static InputValue coerce(
      InputValue value, ValueType type, Map<String, ValueType> definitions, Place place) {
    Coercion coercion = new Coercion(definitions, place);
    return Depth.guarded(place, () -> coercion.apply(value, type, place, 0));
  }

  private InputValue apply(InputValue value, ValueType declared, Place place, int depth) {
    AssertedType asserted = inner(declared, place, value == InputValue.Null.NULL);
    ValueType type = asserted.value();
    if (type instanceof ValueType.OptionalType) {
      return value;
    } else if (type instanceof ValueType.Scalar scalar) {
      return coerceScalar(value, scalar, place);
    } else if (type instanceof ValueType.ListType list) {
      return coerceList(value, list.element(), place, depth);
    } else if (type instanceof ValueType.MapType map) {
      return coerceMap(value, map.value(), place, depth);
    } else if (type instanceof ValueType.RecordType record) {
      return coerceRecord(value, record.fields(), asserted.otherFields(), place, depth);
    } else if (type instanceof ValueType.EnumType names) {
      return accept(
          value,
          value instanceof InputValue.Text text && names.names().contains(text.value()),
          "one of " + names.names(),
          place);
    } else if (type instanceof ValueType.ArtifactType artifact) {
      return accept(
          value,
          value instanceof InputValue.Artifact given && given.type().equals(artifact.name()),
          "an artifact of type " + artifact.name(),
          place);
    }
    throw new AssertionError(type);
  }

  /**
   * What a type is behind refs, assertions and, unless null is to be accepted, optionals; with the
   * innermost assertions, of which only those about other fields are checked.
   */
  private AssertedType inner(ValueType declared, Place place, boolean isNull) {
    ValueType type = declared;
    Map<String, ValueType> assertions = Map.of();
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (type instanceof ValueType.RefType ref) {
        type = Objects.requireNonNull(definitions.get(ref.name()));
      } else if (type instanceof ValueType.OptionalType optional && !isNull) {
        type = optional.value();
      } else {
        AssertedType inside =
            type instanceof ValueType.RecordType record ? AssertedType.of(record) : null;
        if (inside == null) {
          return new AssertedType(type, assertions);
        }
        type = inside.value();
        assertions = inside.assertions();
      }
    }
    throw new InvalidRequestException(
        place, "declared as an optional of nothing but itself, which only null is; give null");
  }

  private static InputValue coerceScalar(InputValue value, ValueType.Scalar type, Place place) {
    boolean accepted =
        switch (type) {
          case ANY -> true;
          case TEXT -> value instanceof InputValue.Text || value instanceof InputValue.Secret;
          case BOOL -> value instanceof InputValue.Bool;
          case DECIMAL -> value instanceof InputValue.Decimal;
          case BYTES -> value instanceof InputValue.Bytes;
          case TIMESTAMP -> value instanceof InputValue.Timestamp;
          case INT -> value instanceof InputValue.Int;
          case FLOAT64 -> value instanceof InputValue.Float64;
        };
    if (!accepted && type == ValueType.Scalar.FLOAT64 && value instanceof InputValue.Int integer) {
      double number = integer.value().doubleValue();
      if (Double.isFinite(number)
          && new BigDecimal(number).compareTo(new BigDecimal(integer.value())) == 0) {
        return new InputValue.Float64(number);
      }
    }
    if (!accepted && type == ValueType.Scalar.INT && value instanceof InputValue.Float64 number) {
      double d = number.value();
      boolean negativeZero = Double.compare(d, -0.0) == 0;
      if (Double.isFinite(d) && Math.rint(d) == d && !negativeZero) {
        return new InputValue.Int(new BigDecimal(d).toBigIntegerExact());
      }
    }
    return accept(value, accepted, type.word(), place);
  }

  private InputValue coerceList(InputValue value, ValueType element, Place place, int depth) {
    List<InputValue> elements = new ArrayList<>();
    for (InputValue each : Forms.list(value, place)) {
      Place inside = place.index(elements.size());
      elements.add(apply(each, element, inside, Depth.below(depth, whole)));
    }
    return new InputValue.ListValue(elements);
  }

  private InputValue coerceMap(InputValue value, ValueType type, Place place, int depth) {
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (Map.Entry<String, InputValue> entry : Forms.map(value, place).entrySet()) {
      Place inside = place.field(entry.getKey());
      entries.put(entry.getKey(), apply(entry.getValue(), type, inside, Depth.below(depth, whole)));
    }
    return new InputValue.MapValue(entries);
  }

  private InputValue coerceRecord(
      InputValue value,
      Map<String, ValueType> fields,
      @Nullable ValueType others,
      Place place,
      int depth) {
    Map<String, InputValue> given = Forms.map(value, place);
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (Map.Entry<String, InputValue> field : given.entrySet()) {
      Place inside = place.field(field.getKey());
      if (fields.containsKey(field.getKey())) {
        continue;
      } else if (others == null) {
        throw new InvalidRequestException(
            inside, "the declared record has no such field; it has " + fields.keySet());
      }
      int below = Depth.below(depth, whole);
      entries.put(field.getKey(), apply(field.getValue(), others, inside, below));
    }
    for (Map.Entry<String, ValueType> declared : fields.entrySet()) {
      Place inside = place.field(declared.getKey());
      InputValue field = given.get(declared.getKey());
      if (field != null) {
        int below = Depth.below(depth, whole);
        entries.put(declared.getKey(), apply(field, declared.getValue(), inside, below));
      } else if (!(declared.getValue() instanceof ValueType.OptionalType)) {
        throw new InvalidRequestException(inside, "the field is missing; give it");
      }
    }
    return new InputValue.MapValue(entries);
  }

  private static InputValue accept(InputValue value, boolean accepted, String type, Place place) {
    if (!accepted) {
      throw new InvalidRequestException(
          place,
          "declared as " + type + ", but the value is " + describe(value) + "; give exactly that");
    }
    return value;
  }

  private static String describe(InputValue value) {
    if (value instanceof InputValue.Text text) {
      return text.value().length() > 40 ? "a text" : "the text \"" + text.value() + "\"";
    } else if (value instanceof InputValue.Int integer) {
      return integer.value().bitLength() > 200 ? "an integer" : "the integer " + integer.value();
    } else if (value instanceof InputValue.Float64 number) {
      return "the float64 " + number.value();
    }
    return "a " + value.getClass().getSimpleName();
  }
}
