package dev.taskcache.explain;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.KeyPart;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a task has to run although others of its component have run: the nearest earlier result, and
 * everything that differs from it. Immutable and thread-safe.
 *
 * @param reason what differs first, in the order component, image, version, inputs, outputs,
 *     policies, custom key; {@link Reason#NO_EARLIER_RESULT} if there is nothing to compare with;
 *     any other reason if the miss has another cause
 * @param nearest the earlier result; null if there is none, or the miss has another cause
 * @param differences what differs from it; empty without an earlier result
 * @param at when this was found out
 * @param note what else there is to say; empty if nothing
 * @param leftOut what the request has and its key has not: a change of it is no difference
 */
public record Explanation(
    Reason reason,
    @Nullable Earlier nearest,
    List<Difference> differences,
    Instant at,
    String note,
    List<LeftOut> leftOut) {
  private static final int MOST_SHOWN = 8;

  /** Copies the lists. */
  public Explanation {
    differences = List.copyOf(differences);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Explains a difference from an earlier result.
   *
   * @param nearest the earlier result
   * @param differences what differs, not empty
   * @param at when this was found out
   * @return the explanation
   */
  public static Explanation of(Earlier nearest, List<Difference> differences, Instant at) {
    Reason reason = reasonOf(differences.get(0).part());
    return new Explanation(reason, nearest, differences, at, "", List.of());
  }

  /**
   * Explains a miss that no comparison explains.
   *
   * @param reason why
   * @param at when this was found out
   * @param note what else there is to say; empty if nothing
   * @return the explanation
   */
  public static Explanation of(Reason reason, Instant at, String note) {
    return new Explanation(reason, null, List.of(), at, note, List.of());
  }

  /**
   * The same explanation of a request whose key leaves something out.
   *
   * @param leftOut what it leaves out; empty if nothing
   * @return the explanation, which says so, too
   */
  public Explanation leavingOut(List<LeftOut> leftOut) {
    return new Explanation(reason, nearest, differences, at, note, leftOut);
  }

  private static Reason reasonOf(KeyPart part) {
    return switch (part) {
      case COMPONENT -> Reason.COMPONENT_CHANGED;
      case IMAGE -> Reason.IMAGE_CHANGED;
      case VERSION -> Reason.VERSION_CHANGED;
      case INPUTS -> Reason.INPUT_CHANGED;
      case OUTPUTS -> Reason.OUTPUT_SCHEMA_CHANGED;
      case POLICIES -> Reason.POLICY_CHANGED;
      case CUSTOM -> Reason.CUSTOM_KEY_CHANGED;
    };
  }

  /**
   * The earlier result.
   *
   * @return empty if there is none
   */
  public Optional<Earlier> earlier() {
    return Optional.ofNullable(nearest);
  }

  /**
   * The explanation in one sentence.
   *
   * @return for instance {@code input "learning_rate" changed since run 7 (2 h ago): 0.01 -> 0.02;
   *     everything else is the same}
   */
  @Override
  public String toString() {
    return leftOut.isEmpty() ? why() : why() + "; " + LeftOut.sentence(leftOut);
  }

  private String why() {
    if (nearest == null) {
      return note.isEmpty() ? reason.meaning() : reason.meaning() + ": " + note;
    }
    String since = " since " + run(nearest) + " (" + ago(nearest.createdAt()) + ")";
    if (differences.size() == 1) {
      return differences.get(0).since(since) + "; everything else is the same";
    }
    String shown =
        differences.stream()
            .limit(MOST_SHOWN)
            .map(Difference::toString)
            .collect(Collectors.joining("; "));
    int more = differences.size() - MOST_SHOWN;
    return differences.size()
        + " differences"
        + since
        + ": "
        + shown
        + (more > 0 ? "; " + more + " more" : "")
        + "; everything else is the same";
  }

  private static String run(Earlier earlier) {
    String run = earlier.producer().run();
    return run == null ? "an earlier run" : "run " + run;
  }

  private String ago(Instant then) {
    Duration age = Duration.between(then, at);
    if (age.toSeconds() < 1) {
      return "just now";
    } else if (age.toMinutes() < 1) {
      return age.toSeconds() + " s ago";
    } else if (age.toHours() < 1) {
      return age.toMinutes() + " min ago";
    } else if (age.toDays() < 2) {
      return age.toHours() + " h ago";
    }
    return age.toDays() + " days ago";
  }

  /**
   * The explanation as JSON.
   *
   * @return one object: {@code reason}, {@code note}, {@code earlier} with {@code key}, {@code
   *     run}, {@code task}, {@code createdAt}, and {@code differences} with {@code part}, {@code
   *     place}, {@code before}, {@code after}, {@code valueBefore}, {@code valueAfter}, and {@code
   *     leftOut} with {@code place}, {@code because}; what is absent is left out
   */
  public String toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("reason", reason);
    putIfThere(fields, "note", note.isEmpty() ? null : note);
    if (nearest != null) {
      Map<String, Object> earlier = new LinkedHashMap<>();
      earlier.put("key", nearest.key().toString());
      earlier.put("createdAt", nearest.createdAt().toString());
      putIfThere(earlier, "run", nearest.producer().run());
      putIfThere(earlier, "task", nearest.producer().task());
      fields.put("earlier", earlier);
    }
    List<Map<String, Object>> places = new ArrayList<>();
    for (Difference difference : differences) {
      Map<String, Object> place = new LinkedHashMap<>();
      place.put("part", difference.part().word());
      place.put("place", difference.place());
      putIfThere(place, "before", difference.before());
      putIfThere(place, "after", difference.after());
      putIfThere(place, "valueBefore", difference.valueBefore());
      putIfThere(place, "valueAfter", difference.valueAfter());
      places.add(place);
    }
    fields.put("differences", places);
    if (!leftOut.isEmpty()) {
      fields.put("leftOut", leftOut);
    }
    return JsonForm.write(InputValue.of(fields));
  }

  private static void putIfThere(Map<String, Object> fields, String name, @Nullable String text) {
    if (text != null) {
      fields.put(name, text);
    }
  }
}
