package dev.taskcache.kfp;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.taskcache.key.InputValue;
import java.io.IOException;

/** Pipelines that an API gives as structures, as texts: equal ones as equal texts. */
final class SpecText {
  private static final String PIPELINE = "pipeline_spec";
  private static final String PLATFORM = "platform_spec";

  private SpecText() {}

  /** The documents that a file would have, each on one line; the platform's second. */
  static String of(InputValue spec) {
    if (!(spec instanceof InputValue.MapValue map)) {
      throw new IllegalArgumentException(PIPELINE + " must be an object");
    }
    check(map, 0);
    InputValue pipeline = map.entries().get(PIPELINE);
    InputValue platform = map.entries().get(PLATFORM);
    if (!(pipeline instanceof InputValue.MapValue)) {
      return json(map);
    } else if (platform instanceof InputValue.MapValue it && !it.entries().isEmpty()) {
      return json(pipeline) + "\n" + json(platform);
    }
    return json(pipeline);
  }

  private static String json(InputValue value) {
    return JsonText.json(value, SpecText::writeDouble);
  }

  /** As Kubeflow does, but -0 would be read as the integer 0, which has another text. */
  private static void writeDouble(double number, JsonGenerator generator) throws IOException {
    if (Double.compare(number, -0.0) == 0) {
      generator.writeNumber("-0.0");
    } else {
      JsonText.writeDouble(number, generator);
    }
  }

  /** What nobody could read again is refused before a stack minds. */
  private static void check(InputValue value, int depth) {
    if (depth > Documents.MOST_DEPTH) {
      throw new IllegalArgumentException(
          PIPELINE + " nests more than " + Documents.MOST_DEPTH + " levels deep");
    } else if (value instanceof InputValue.MapValue map) {
      map.entries().values().forEach(each -> check(each, depth + 1));
    } else if (value instanceof InputValue.ListValue list) {
      list.elements().forEach(each -> check(each, depth + 1));
    }
  }
}
