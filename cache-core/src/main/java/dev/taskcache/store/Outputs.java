package dev.taskcache.store;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a task produced: small values, and references to artifacts that live elsewhere. Immutable
 * and thread-safe.
 *
 * @param values value by output name
 */
public record Outputs(InputValue.MapValue values) {
  /** The outputs of a task that has none. */
  public static final Outputs NONE = new Outputs(InputValue.MapValue.EMPTY);

  /**
   * Outputs from Java objects.
   *
   * @param outputs object by output name; as {@link InputValue#of} converts them
   * @return the outputs
   * @throws InvalidRequestException if an object cannot be encoded; it names the output
   */
  public static Outputs of(Map<String, ? extends @Nullable Object> outputs) {
    Map<String, InputValue> values = new LinkedHashMap<>();
    outputs.forEach(
        (name, object) -> values.put(name, InputValue.of(object, Place.of("outputs").field(name))));
    return new Outputs(new InputValue.MapValue(values));
  }

  /**
   * One output.
   *
   * @param name its name
   * @return its value
   * @throws NoSuchElementException if there is no such output
   */
  public InputValue get(String name) {
    InputValue value = values.entries().get(name);
    if (value == null) {
      throw new NoSuchElementException(
          "there is no output \"" + name + "\"; there are " + values.entries().keySet());
    }
    return value;
  }
}
