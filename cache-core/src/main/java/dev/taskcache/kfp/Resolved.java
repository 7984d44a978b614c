package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;

/** What a run knows about a value now. */
sealed interface Resolved {

  /** It is there. */
  record Known(InputValue value) implements Resolved {}

  /** There is none, and that is all right: an optional input that nobody gave. */
  enum Absent implements Resolved {
    ABSENT
  }

  /** It depends on an output that will only be there after a task has run. */
  record Unknown(String producer) implements Resolved {
    String message() {
      return "depends on outputs of " + producer + ", which are not known before it has run";
    }
  }

  /** It will never be there. */
  record Lost(KfpSkipped.Why why, String message) implements Resolved {}

  static Resolved of(InputValue value) {
    return value == InputValue.Null.NULL ? Absent.ABSENT : new Known(value);
  }
}
