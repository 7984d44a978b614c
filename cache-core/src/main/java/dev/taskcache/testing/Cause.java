package dev.taskcache.testing;

import dev.taskcache.explain.Difference;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Why a test expects a miss.
 *
 * @param reason the decision's own, or what explains it
 * @param places all that differs in that part of the key; empty to leave that open
 */
record Cause(Reason reason, List<String> places) {
  Cause {
    places = List.copyOf(places);
  }

  /** What was expected and is not so; empty if it is. */
  Optional<String> unlike(Reason own, Explanation explanation) {
    if (own != reason && explanation.reason() != reason) {
      return Optional.of("Expected a miss because of " + reason);
    } else if (!places.isEmpty() && !matches(explanation.differences())) {
      return Optional.of(
          "Expected a miss because of " + reason + " in " + places + " and nowhere else in there");
    }
    return Optional.empty();
  }

  private boolean matches(List<Difference> differences) {
    List<String> differing =
        differences.stream()
            .filter(each -> each.part() == differences.get(0).part())
            .map(Difference::place)
            .toList();
    return places.stream().allMatch(name -> differing.stream().anyMatch(it -> isIn(it, name)))
        && differing.stream().allMatch(it -> places.stream().anyMatch(name -> isIn(it, name)));
  }

  private static boolean isIn(String place, String name) {
    return place.equals(name) || place.startsWith(name + ".") || place.startsWith(name + "[");
  }
}
