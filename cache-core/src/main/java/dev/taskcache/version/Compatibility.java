package dev.taskcache.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a newer version of a pipeline takes away from whoever runs it as the older one. */
final class Compatibility {
  private Compatibility() {}

  /** One sentence for each break; empty if there is none. */
  static List<String> breaks(PipelineDescription older, PipelineDescription newer) {
    List<String> breaks = new ArrayList<>();
    older
        .parameters()
        .forEach(
            (name, before) -> {
              PipelineDescription.Parameter now = newer.parameters().get(name);
              if (now == null) {
                breaks.add("parameter \"" + name + "\" is gone");
              } else if (!now.type().equals(before.type())) {
                breaks.add(
                    "parameter \"" + name + "\" was " + before.type() + ", is " + now.type());
              } else if (now.required() && !before.required()) {
                breaks.add("parameter \"" + name + "\" is required now");
              }
            });
    newer
        .parameters()
        .forEach(
            (name, now) -> {
              if (now.required() && !older.parameters().containsKey(name)) {
                breaks.add("parameter \"" + name + "\" is new and required");
              }
            });
    for (Map.Entry<String, String> output : older.outputs().entrySet()) {
      String now = newer.outputs().get(output.getKey());
      if (now == null) {
        breaks.add("output \"" + output.getKey() + "\" is gone");
      } else if (!now.equals(output.getValue())) {
        breaks.add("output \"" + output.getKey() + "\" was " + output.getValue() + ", is " + now);
      }
    }
    return breaks;
  }
}
