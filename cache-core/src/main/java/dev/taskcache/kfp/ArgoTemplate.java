package dev.taskcache.kfp;

import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The template of an Argo workflow, as far as the v1 cache server keys on it. */
final class ArgoTemplate {
  private static final String CONTAINER = "container";
  private static final Set<String> KEPT =
      Set.of("inputs", "outputs", "volumes", "initContainers", "sidecars");
  private static final Set<String> KEPT_OF_CONTAINER =
      Set.of("image", "command", "args", "env", "volumeMounts");

  private ArgoTemplate() {}

  /** What counts of a template; all that counts stays as it is, null too. */
  static InputValue.MapValue of(InputValue template, Place place) {
    Map<String, InputValue> fields = Forms.map(template, place);
    Map<String, InputValue> kept = new HashMap<>(fields);
    kept.keySet().retainAll(KEPT);
    InputValue container = fields.get(CONTAINER);
    if (container != null) {
      if (!(container instanceof InputValue.MapValue map)) {
        throw new InvalidRequestException(
            place.field(CONTAINER), "must be a map, or the cache server fails on it; leave it out");
      }
      Map<String, InputValue> keptOfContainer = new HashMap<>(map.entries());
      keptOfContainer.keySet().retainAll(KEPT_OF_CONTAINER);
      kept.put(CONTAINER, new InputValue.MapValue(keptOfContainer));
    }
    return new InputValue.MapValue(kept);
  }
}
