package dev.taskcache.flyte;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Kubernetes pod specification.
 *
 * @param image the primary container's; empty if it is not known which one that is
 * @param command the primary container's
 * @param args the primary container's
 * @param rest all else that may change results: resource requests are left out
 */
record PodSpec(String image, List<String> command, List<String> args, MapValue rest) {

  /**
   * Takes a specification apart.
   *
   * @param primary the primary container's name; if it is empty, a single container is the one
   */
  static PodSpec of(MapValue spec, String primary) {
    List<InputValue> containers =
        spec.entries().get("containers") instanceof ListValue list ? list.elements() : List.of();
    MapValue found = MapValue.EMPTY;
    List<InputValue> others = new ArrayList<>();
    for (InputValue each : containers) {
      MapValue container = each instanceof MapValue map ? map : MapValue.EMPTY;
      boolean isPrimary =
          primary.isEmpty() ? containers.size() == 1 : text(container, "name").equals(primary);
      if (isPrimary) {
        found = container;
      }
      others.add(
          isPrimary
              ? without(container, "image", "command", "args", "resources")
              : without(container, "resources"));
    }
    Map<String, InputValue> rest = new LinkedHashMap<>(spec.entries());
    if (!containers.isEmpty()) {
      rest.put("containers", new ListValue(others));
    }
    return new PodSpec(
        text(found, "image"), texts(found, "command"), texts(found, "args"), new MapValue(rest));
  }

  private static MapValue without(MapValue map, String... keys) {
    Map<String, InputValue> entries = new LinkedHashMap<>(map.entries());
    entries.keySet().removeAll(List.of(keys));
    return new MapValue(entries);
  }

  private static String text(MapValue map, String key) {
    return map.entries().get(key) instanceof InputValue.Text text ? text.value() : "";
  }

  private static List<String> texts(MapValue map, String key) {
    List<String> texts = new ArrayList<>();
    if (map.entries().get(key) instanceof ListValue list) {
      for (InputValue each : list.elements()) {
        texts.add(each instanceof InputValue.Text text ? text.value() : each.toString());
      }
    }
    return texts;
  }
}
