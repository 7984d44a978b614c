package dev.taskcache.key;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What else goes into a key, beside component, image, inputs and outputs.
 *
 * @param version which version of the code, not empty; null if none is given
 * @param policies what named policies contribute; empty if there are none
 * @param custom a key that stands for component and inputs, not empty; null if none is given
 * @param ignoredInputs names of inputs that do not count
 */
public record KeyOptions(
    @Nullable String version,
    Map<String, InputValue> policies,
    @Nullable String custom,
    Set<String> ignoredInputs) {

  /** Nothing else. */
  public static final KeyOptions NONE = new KeyOptions(null, Map.of(), null, Set.of());

  /** Copies the collections; refuses empty texts. */
  public KeyOptions {
    if (version != null) {
      Utf8.checkName(version, Place.of("version"), "a version");
    }
    if (custom != null) {
      Utf8.checkName(custom, Place.of("custom"), "a custom key");
    }
    policies = Map.copyOf(policies);
    policies
        .keySet()
        .forEach(name -> Utf8.checkName(name, Place.of("policies"), "a policy's name"));
    ignoredInputs = Set.copyOf(ignoredInputs);
  }
}
