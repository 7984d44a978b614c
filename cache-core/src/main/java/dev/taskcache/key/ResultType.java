package dev.taskcache.key;

import com.google.common.primitives.Primitives;
import com.google.common.reflect.TypeToken;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Java type as the type of a task's result: its output schema, and the way back from a stored
 * value to an object.
 *
 * <p>Known are text (String), truth values, all numbers, BigInteger, BigDecimal, byte[], Instant,
 * enums, Optional, lists, sets and arrays, maps with text or enum keys, records of these, nested
 * and recursive, and, as type {@code any}, Object and InputValue. {@code Void} is a task without
 * outputs. Immutable and thread-safe.
 *
 * @param <T> the Java type
 */
public final class ResultType<T> {
  /** The name of the one output that a typed result is. */
  public static final String OUTPUT = "result";

  private final Class<?> raw;
  private final TypeCodec codec;
  private final OutputSchema schema;

  private ResultType(Class<?> raw, TypeCodec codec, OutputSchema schema) {
    this.raw = Primitives.wrap(raw);
    this.codec = codec;
    this.schema = schema;
  }

  /**
   * Reads a Java type; keep the result, as reading uses reflection.
   *
   * @param <T> the Java type
   * @param type a class, or a generic type such as {@code List<Report>}
   * @return the result type
   * @throws InvalidRequestException if the type, or one inside it, is none of the known ones; it
   *     names the place, for instance {@code Report.rows[].b}
   */
  public static <T> ResultType<T> of(Type type) {
    TypeCodecs codecs = new TypeCodecs();
    TypeCodec codec = codecs.of(type, Place.of(TypeCodecs.nameOf(type)));
    boolean nothing = type == Void.class || type == void.class;
    Map<String, ValueType> outputs = nothing ? Map.of() : Map.of(OUTPUT, codec.type());
    OutputSchema schema = OutputSchema.of(outputs, codecs.definitions());
    return new ResultType<>(
        TypeToken.of(type).getRawType(),
        codec,
        schema.labelled(Map.of(OUTPUT, TypeCodecs.nameOf(type))));
  }

  /**
   * The output schema.
   *
   * @return one output named {@value #OUTPUT}; none for {@code Void}
   */
  public OutputSchema schema() {
    return schema;
  }

  /**
   * Whether an object can be a result of this type, its type arguments aside.
   *
   * @param object an object, or null
   * @return true for an instance of the type's class
   */
  public boolean isInstance(@Nullable Object object) {
    return raw.isInstance(object);
  }

  /**
   * Turns a result into outputs.
   *
   * @param result the result; null is the value null
   * @return value by output name
   * @throws InvalidRequestException if the result, or something inside it, cannot be encoded
   */
  public InputValue.MapValue encode(T result) {
    return schema.outputs().isEmpty()
        ? InputValue.MapValue.EMPTY
        : new InputValue.MapValue(
            Map.of(OUTPUT, InputValue.of(result, Place.of("outputs").field(OUTPUT))));
  }

  /**
   * Turns outputs back into a result.
   *
   * @param outputs value by output name, as {@link #encode} gave them
   * @return a new object; null for {@code Void}, and for the value null
   * @throws InvalidRequestException if the outputs do not fit the type
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // A null result comes back as it went in.
  public T decode(InputValue.MapValue outputs) {
    if (!outputs.entries().keySet().equals(schema.outputs().keySet())) {
      throw new InvalidRequestException(
          Place.of("outputs"),
          "has " + List.copyOf(outputs.entries().keySet()) + " instead of " + schema);
    }
    InputValue value = outputs.entries().get(OUTPUT);
    return value == null ? null : read(value, Place.of("outputs").field(OUTPUT));
  }

  /**
   * Reads one value of this type.
   *
   * @param value as {@link InputValue#of} makes it from an object of the type
   * @param place where it stands, for errors
   * @return a new object; null for the value null
   * @throws InvalidRequestException if the value does not fit the type
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // A null comes back as it went in.
  public T read(InputValue value, Place place) {
    return (T) Depth.guarded(place, () -> codec.read(value, place));
  }
}
