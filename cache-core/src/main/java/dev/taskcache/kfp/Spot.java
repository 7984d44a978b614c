package dev.taskcache.kfp;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.function.Supplier;

/** A place in a file: what messages about a pipeline begin with. */
record Spot(String file, int line, Place place) {

  InvalidPipelineException error(String problem) {
    return new InvalidPipelineException(file, line, place.toString(), problem);
  }

  /** Runs a step whose refusals know no line, such as a value's constructor. */
  <T> T locate(Supplier<T> step) {
    try {
      return step.get();
    } catch (InvalidRequestException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /** The place as messages have it, for instance {@code p.yaml:57: root.dag.tasks.train}. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + place;
  }
}
