package dev.taskcache.jdbc.kfp;

import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.Place;
import dev.taskcache.store.Outputs;
import org.jspecify.annotations.Nullable;

/** What the cache server writes of a pod that succeeded: a JSON object. */
final class V1Output {
  private V1Output() {}

  /**
   * Its fields as outputs, texts as they are: {@code workflows.argoproj.io/outputs} is JSON again,
   * which whoever puts it into a pod's annotation wants unchanged.
   *
   * @throws InvalidRequestException if it is no JSON object
   */
  static Outputs read(@Nullable String json) {
    Place place = Place.of("ExecutionOutput");
    if (json == null) {
      throw new InvalidRequestException(place, "is null");
    }
    return new Outputs(new InputValue.MapValue(Forms.map(JsonForm.parse(json), place)));
  }
}
