package dev.taskcache.key;

import org.jspecify.annotations.Nullable;

/** A Java type's schema type, and the reader that turns a value of it into an object. */
record TypeCodec(ValueType type, Reader reader) {

  /** Turns a value, not null, into an object. */
  @FunctionalInterface
  interface Reader {
    @Nullable Object read(InputValue value, Place place);
  }

  /** Null is a Java null, but where a reader makes something of it. */
  @Nullable Object read(InputValue value, Place place) {
    boolean optional = type instanceof ValueType.OptionalType;
    return value == InputValue.Null.NULL && !optional ? null : reader.read(value, place);
  }

  static InvalidRequestException unfit(ValueType type, InputValue value, Place place) {
    return new InvalidRequestException(
        place,
        "a value of type "
            + JsonForm.writeParsed(ValueTypeForm.write(type))
            + " cannot be read from a "
            + value.getClass().getSimpleName());
  }
}
