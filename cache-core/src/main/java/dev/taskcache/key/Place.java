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
  private static final int NAME = -1;
  private static final int EACH = -2;
  private static final Place ROOT = new Place(null, "", NAME);

  private final @Nullable Place parent;
  // Every value of every request has a place, few are ever written: kept unwritten until then.
  private final String name;
  private final int index;

  private Place(@Nullable Place parent, String name, int index) {
    this.parent = parent;
    this.name = name;
    this.index = index;
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
    return new Place(this, name, NAME);
  }

  /**
   * The place of a list element here.
   *
   * @param index from 0
   * @return the place below this one
   */
  public Place index(int index) {
    return new Place(this, "", index);
  }

  /**
   * The place of every element or value here, where a type and no value is meant.
   *
   * @return the place below this one, written {@code []}
   */
  public Place each() {
    return new Place(this, "", EACH);
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

  private String step() {
    if (parent == null) {
      return "";
    } else if (index == EACH) {
      return "[]";
    } else if (index != NAME) {
      return "[" + index + "]";
    } else if (!PLAIN.matcher(name).matches()) {
      return "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
    return parent.isRoot() ? name : "." + name;
  }

  @Override
  public String toString() {
    Deque<String> steps = new ArrayDeque<>();
    for (Place place = this; place != null; place = place.parent) {
      steps.addFirst(place.step());
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
