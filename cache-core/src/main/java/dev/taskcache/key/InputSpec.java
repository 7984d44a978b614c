package dev.taskcache.key;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of an input.
 *
 * @param type what its value is brought to, exactly or not at all; without refs
 * @param defaultValue what an absent input is; null if it has no default. It is brought to the
 *     type, too.
 * @param optional whether the input may be absent although it has no default
 */
public record InputSpec(ValueType type, @Nullable InputValue defaultValue, boolean optional) {
  /** Refuses a type with refs. */
  public InputSpec {
    TypeRefs.check(type, Set.of(), Place.of("type"));
  }

  /**
   * An input that has to be given.
   *
   * @param type its type
   * @return the declaration
   */
  public static InputSpec required(ValueType type) {
    return new InputSpec(type, null, false);
  }

  /**
   * An input that may be absent.
   *
   * @param type its type
   * @return the declaration
   */
  public static InputSpec optional(ValueType type) {
    return new InputSpec(type, null, true);
  }

  /**
   * An input that has a default.
   *
   * @param type its type
   * @param value the default
   * @return the declaration
   */
  public static InputSpec withDefault(ValueType type, InputValue value) {
    return new InputSpec(type, value, false);
  }
}
