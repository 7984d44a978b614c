package dev.taskcache.key;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a request's parts must be: a text, a list, a map. */
public final class Forms {
  private Forms() {}

  /**
   * A part that must be a text.
   *
   * @param part the part
   * @param place where it stands
   * @return the text
   * @throws InvalidRequestException if it is anything else
   */
  public static String text(InputValue part, Place place) {
    if (part instanceof InputValue.Text text) {
      return text.value();
    }
    throw new InvalidRequestException(place, "must be a text, in quotation marks");
  }

  /**
   * A part that must be a truth value.
   *
   * @param part the part
   * @param place where it stands
   * @return the truth value
   * @throws InvalidRequestException if it is anything else
   */
  public static boolean bool(InputValue part, Place place) {
    if (part instanceof InputValue.Bool bool) {
      return bool.value();
    }
    throw new InvalidRequestException(place, "must be true or false");
  }

  /**
   * A part that must be a list.
   *
   * @param part the part
   * @param place where it stands
   * @return its elements
   * @throws InvalidRequestException if it is anything else
   */
  public static List<InputValue> list(InputValue part, Place place) {
    if (part instanceof InputValue.ListValue list) {
      return list.elements();
    }
    throw new InvalidRequestException(place, "must be a list");
  }

  /**
   * A part that must be a map.
   *
   * @param part the part
   * @param place where it stands
   * @return its entries
   * @throws InvalidRequestException if it is anything else
   */
  public static Map<String, InputValue> map(InputValue part, Place place) {
    if (part instanceof InputValue.MapValue map) {
      return map.entries();
    }
    throw new InvalidRequestException(place, "must be a map");
  }

  /**
   * A map that may have known fields only.
   *
   * @param fields the map's entries
   * @param known the names that it may have
   * @param place where it stands
   * @throws InvalidRequestException if it has another
   */
  public static void onlyFields(Map<String, InputValue> fields, Set<String> known, Place place) {
    for (String name : fields.keySet()) {
      if (!known.contains(name)) {
        throw new InvalidRequestException(
            place.field(name), "there is no such field; known are " + new TreeSet<>(known));
      }
    }
  }
}
