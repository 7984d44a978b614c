package dev.taskcache.key;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place inside a request, written {@code inputs.config.layers[3]}; a name that is not a plain
 * word is written {@code inputs["a b"]}. Immutable.
 */
public final class Place {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$-]*");
  private static final int MOST_STEPS = 40;
  private static final Place ROOT = new Place(null, "");

  private final @Nullable Place parent;
  private final String step;

  private Place(@Nullable Place parent, String step) {
    this.parent = parent;
    this.step = step;
  }

  /**
   * The whole request.
   *
   * @return the place written as the empty text
   */
  public static Place root() {
    return ROOT;
  }

  /**
   * A place below the whole request.
   *
   * @param name a field's name
   * @return the field's place
   */
  public static Place of(String name) {
    return ROOT.field(name);
  }

  /**
   * The place of a field or map entry here.
   *
   * @param name its name, any text
   * @return the place below this one
   */
  public Place field(String name) {
    if (!PLAIN.matcher(name).matches()) {
      return new Place(this, "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]");
    }
    return new Place(this, isRoot() ? name : "." + name);
  }

  /**
   * The place of a list element here.
   *
   * @param index from 0
   * @return the place below this one
   */
  public Place index(int index) {
    return new Place(this, "[" + index + "]");
  }

  /**
   * The place of every element or value here, where a type and no value is meant.
   *
   * @return the place below this one, written {@code []}
   */
  public Place each() {
    return new Place(this, "[]");
  }

  /**
   * Runs a step whose own refusals know no place, such as a value's constructor, and places them.
   *
   * @param <T> what it makes
   * @param step the step
   * @return what the step returned
   * @throws InvalidRequestException as the step does, with this place before its path
   */
  public <T> T locate(Supplier<T> step) {
    try {
      return step.get();
    } catch (InvalidRequestException e) {
      throw e.under(this);
    }
  }

  /**
   * Whether this is the whole request.
   *
   * @return true for {@link #root()} only
   */
  public boolean isRoot() {
    return parent == null;
  }

  @Override
  public String toString() {
    Deque<String> steps = new ArrayDeque<>();
    for (Place place = this; place != null; place = place.parent) {
      steps.addFirst(place.step);
    }
    // A path of a thousand steps tells nobody more than its two ends.
    int dropped = Math.max(0, steps.size() - MOST_STEPS);
    StringBuilder text = new StringBuilder();
    int position = 0;
    for (String each : steps) {
      if (dropped == 0 || position < MOST_STEPS / 2 || position >= MOST_STEPS / 2 + dropped) {
        text.append(each);
      } else if (position == MOST_STEPS / 2) {
        text.append("...");
      }
      position++;
    }
    return text.toString();
  }
}
