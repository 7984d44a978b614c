package dev.taskcache.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The codecs of Java types without parts. */
final class ScalarCodecs {
  private static final Map<Class<?>, TypeCodec> CODECS = new LinkedHashMap<>();

  static {
    add(ValueType.Scalar.TEXT, InputValue.Text.class, InputValue.Text::value, String.class);
    add(ValueType.Scalar.TEXT, InputValue.Text.class, InputValue.Text::value, CharSequence.class);
    add(ValueType.Scalar.BOOL, InputValue.Bool.class, InputValue.Bool::value, Boolean.class);
    add(ValueType.Scalar.BOOL, InputValue.Bool.class, InputValue.Bool::value, boolean.class);
    addInteger(BigInteger::byteValueExact, Byte.class, byte.class);
    addInteger(BigInteger::shortValueExact, Short.class, short.class);
    addInteger(BigInteger::intValueExact, Integer.class, int.class);
    addInteger(BigInteger::longValueExact, Long.class, long.class);
    addInteger(integer -> integer, BigInteger.class);
    addFloat(value -> value, Double.class, double.class);
    addFloat(ScalarCodecs::single, Float.class, float.class);
    add(
        ValueType.Scalar.DECIMAL,
        InputValue.Decimal.class,
        InputValue.Decimal::value,
        BigDecimal.class);
    add(ValueType.Scalar.BYTES, InputValue.Bytes.class, InputValue.Bytes::value, byte[].class);
    add(
        ValueType.Scalar.TIMESTAMP,
        InputValue.Timestamp.class,
        InputValue.Timestamp::value,
        Instant.class);
    add(ValueType.Scalar.ANY, InputValue.class, value -> value, InputValue.class);
    add(ValueType.Scalar.ANY, InputValue.class, ScalarCodecs::plain, Object.class);
    add(ValueType.Scalar.ANY, InputValue.class, value -> value, Void.class);
    add(ValueType.Scalar.ANY, InputValue.class, value -> value, void.class);
    add(
        ValueType.Scalar.ANY,
        InputValue.Artifact.class,
        artifact -> artifact,
        InputValue.Artifact.class);
  }

  private ScalarCodecs() {}

  static @Nullable TypeCodec of(Class<?> type) {
    return CODECS.get(type);
  }

  private static <V extends InputValue> void add(
      ValueType.Scalar type,
      Class<V> form,
      Function<V, ? extends @Nullable Object> read,
      Class<?> java) {
    CODECS.put(
        java,
        new TypeCodec(
            type,
            (value, place) -> {
              if (form.isInstance(value)) {
                return place.locate(() -> read.apply(form.cast(value)));
              }
              throw TypeCodec.unfit(type, value, place);
            }));
  }

  private static void addInteger(Function<BigInteger, Object> read, Class<?>... types) {
    for (Class<?> type : types) {
      add(
          ValueType.Scalar.INT,
          InputValue.Int.class,
          value -> {
            try {
              return read.apply(value.value());
            } catch (ArithmeticException e) {
              throw new InvalidRequestException(
                  Place.root(), value.value() + " does not fit " + type.getSimpleName(), e);
            }
          },
          type);
    }
  }

  private static void addFloat(Function<Double, Object> read, Class<?>... types) {
    for (Class<?> type : types) {
      add(
          ValueType.Scalar.FLOAT64,
          InputValue.Float64.class,
          value -> read.apply(value.value()),
          type);
    }
  }

  private static Object single(double value) {
    float single = (float) value;
    if (Double.compare(single, value) != 0) {
      throw new InvalidRequestException(Place.root(), value + " does not fit float");
    }
    return single;
  }

  /** The plain Java object that a value of type any reads as. */
  private static @Nullable Object plain(InputValue value) {
    if (value instanceof InputValue.Text text) {
      return text.value();
    } else if (value instanceof InputValue.Bool bool) {
      return bool.value();
    } else if (value instanceof InputValue.Int integer) {
      return integer.value().bitLength() < Long.SIZE
          ? (Object) integer.value().longValueExact()
          : integer.value();
    } else if (value instanceof InputValue.Float64 number) {
      return number.value();
    } else if (value instanceof InputValue.Decimal decimal) {
      return decimal.value();
    } else if (value instanceof InputValue.Bytes bytes) {
      return bytes.value();
    } else if (value instanceof InputValue.Timestamp timestamp) {
      return timestamp.value();
    } else if (value instanceof InputValue.ListValue list) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (InputValue element : list.elements()) {
        elements.add(plain(element));
      }
      return elements;
    } else if (value instanceof InputValue.MapValue map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
        entries.put(entry.getKey(), plain(entry.getValue()));
      }
      return entries;
    }
    return value == InputValue.Null.NULL ? null : value;
  }
}
