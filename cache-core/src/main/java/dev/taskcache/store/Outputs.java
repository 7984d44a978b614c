package dev.taskcache.store;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

  /**
   * The artifacts among the outputs, also those inside lists and maps.
   *
   * @return in the order of the values; may be empty
   */
  public List<InputValue.Artifact> artifacts() {
    List<InputValue.Artifact> artifacts = new ArrayList<>();
    collect(values, artifacts);
    return artifacts;
  }

  private static void collect(InputValue value, Collection<InputValue.Artifact> artifacts) {
    if (value instanceof InputValue.Artifact artifact) {
      artifacts.add(artifact);
    } else if (value instanceof InputValue.ListValue list) {
      list.elements().forEach(element -> collect(element, artifacts));
    } else if (value instanceof InputValue.MapValue map) {
      map.entries().values().forEach(each -> collect(each, artifacts));
    }
  }
}
