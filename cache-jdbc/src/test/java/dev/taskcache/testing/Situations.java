package dev.taskcache.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every situation, by the heading that it has on the page. */
final class Situations {
  private Situations() {}

  static Map<String, List<Situation>> byHeading() {
    Map<String, List<Situation>> all = new LinkedHashMap<>();
    all.put("The same task", SameTask.all());
    all.put("Another task", OtherTask.all());
    all.put("Switches", Switches.all());
    all.put("Ages", Ages.all());
    all.put("No key", WithoutKey.all());
    all.put("Others who run it", OthersRunIt.all());
    all.put("Entries that are of no use, or gone", BadEntries.all());
    all.put("Signed entries, other namespaces", Trusted.all());
    all.put("Results that are not stored, stores that fail", Unwritten.all());
    return all;
  }

  static List<Situation> all() {
    return byHeading().values().stream().flatMap(List::stream).toList();
  }
}
