package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;

/** Texts from outside a file, which nobody has checked yet. */
final class Texts {
  private Texts() {}

  /** The text itself; refuses one with a lone surrogate. */
  static String checked(String text, Place place) {
    return place.locate(() -> new InputValue.Text(text)).value();
  }

  /** The text itself; refuses the empty one as well. */
  static String name(String text, Place place) {
    if (text.isEmpty()) {
      throw new InvalidRequestException(place, "must not be empty");
    }
    return checked(text, place);
  }
}
