package dev.taskcache.explain;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Something that a request has and its key has not, so that a change of it is no miss.
 *
 * @param place what it is, for instance {@code component.command} or {@code inputs.epochs}
 * @param because why it is left out, as a part of a sentence
 */
public record LeftOut(String place, String because) {
  private static final int MOST_SHOWN = 8;

  /** All of them in one phrase: places by cause, of each cause the first eight. */
  static String sentence(List<LeftOut> all) {
    Map<String, Set<String>> places = new LinkedHashMap<>();
    for (LeftOut each : all) {
      places.computeIfAbsent(each.because, cause -> new LinkedHashSet<>()).add(each.place);
    }
    StringJoiner text = new StringJoiner("; ");
    places.forEach((because, names) -> text.add(first(names) + " (" + because + ")"));
    return "not in the key: " + text;
  }

  private static String first(Set<String> names) {
    StringJoiner shown = new StringJoiner(", ");
    Iterator<String> left = names.iterator();
    for (int i = 0; i < MOST_SHOWN && left.hasNext(); i++) {
      shown.add(left.next());
    }
    return left.hasNext() ? shown + " and " + (names.size() - MOST_SHOWN) + " more" : shown + "";
  }
}
