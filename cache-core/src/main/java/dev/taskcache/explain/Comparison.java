package dev.taskcache.explain;

import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.KeyParts.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what keys were made of. */
public final class Comparison {
  private static final Part ABSENT = new Part("", Map.of(), Map.of());

  private Comparison() {}

  /**
   * What differs between two keys.
   *
   * @param before the earlier one
   * @param after the later one
   * @return each place that differs, parts in their order; empty if the keys are equal
   */
  public static List<Difference> between(KeyParts before, KeyParts after) {
    List<Difference> differences = new ArrayList<>();
    for (KeyPart part : KeyPart.values()) {
      Part old = before.parts().getOrDefault(part, ABSENT);
      Part now = after.parts().getOrDefault(part, ABSENT);
      if (!old.digest().equals(now.digest())) {
        differences.addAll(inside(part, old, now));
      }
    }
    return differences;
  }

  private static List<Difference> inside(KeyPart part, Part old, Part now) {
    List<Difference> differences = new ArrayList<>();
    Set<String> places = new LinkedHashSet<>(old.places().keySet());
    places.addAll(now.places().keySet());
    for (String place : places) {
      String before = old.places().get(place);
      String after = now.places().get(place);
      if (before == null || !before.equals(after)) {
        differences.add(
            new Difference(
                part, place, before, after, old.values().get(place), now.values().get(place)));
      }
    }
    if (differences.isEmpty()) {
      differences.add(new Difference(part, "", text(old), text(now), null, null));
    }
    return differences;
  }

  private static @Nullable String text(Part part) {
    return part.digest().isEmpty() ? null : part.digest();
  }

  /**
   * The earlier result that a key is most like: most parts in common, then most places, then the
   * newest.
   *
   * @param earlier earlier results, in any order
   * @param parts what the key is made of
   * @return the nearest; empty if there are none
   */
  public static Optional<Earlier> nearest(List<Earlier> earlier, KeyParts parts) {
    // Each is scored once: a comparator would count again for every comparison.
    return earlier.stream()
        .map(each -> Candidate.of(each, parts))
        .max(
            Comparator.comparingInt(Candidate::parts)
                .thenComparingInt(Candidate::places)
                .thenComparing(candidate -> candidate.result().createdAt()))
        .map(Candidate::result);
  }

  /** An earlier result, and how much it has in common with a key. */
  private record Candidate(Earlier result, int parts, int places) {
    static Candidate of(Earlier result, KeyParts parts) {
      return new Candidate(
          result, partsInCommon(result.parts(), parts), placesInCommon(result.parts(), parts));
    }
  }

  private static int partsInCommon(KeyParts a, KeyParts b) {
    int common = 0;
    for (KeyPart part : KeyPart.values()) {
      Part ours = a.parts().getOrDefault(part, ABSENT);
      Part theirs = b.parts().getOrDefault(part, ABSENT);
      common += ours.digest().equals(theirs.digest()) ? 1 : 0;
    }
    return common;
  }

  private static int placesInCommon(KeyParts a, KeyParts b) {
    int common = 0;
    for (Map.Entry<KeyPart, Part> entry : a.parts().entrySet()) {
      Part other = b.parts().getOrDefault(entry.getKey(), ABSENT);
      Map<String, String> theirs = other.places();
      if (entry.getValue().digest().equals(other.digest())) {
        common += theirs.size();
        continue;
      }
      for (Map.Entry<String, String> place : entry.getValue().places().entrySet()) {
        common += place.getValue().equals(theirs.get(place.getKey())) ? 1 : 0;
      }
    }
    return common;
  }
}
