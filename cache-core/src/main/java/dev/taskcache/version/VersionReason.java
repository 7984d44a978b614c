package dev.taskcache.version;

/** Why a run gets the version that it gets. */
public enum VersionReason {
  /** Nothing newer is ready. */
  NEWEST("it is the newest version that is ready"),
  /** The selection names it. */
  PINNED("the schedule is pinned to it"),
  /** Nothing higher in the range is ready and keeps what its number promises. */
  HIGHEST_IN_RANGE("it has the highest number of the range"),
  /** Another one is selected, and not compiled yet. */
  KEPT_WHILE_COMPILING("the version that is selected now is not compiled yet"),
  /** Another one is selected, and cannot be compiled. */
  KEPT_AFTER_FAILURE("the version that is selected now cannot be compiled");

  private final String meaning;

  VersionReason(String meaning) {
    this.meaning = meaning;
  }

  /** Why the version that a selection means is that one. */
  static VersionReason of(VersionSelection selection) {
    if (selection instanceof VersionSelection.Pinned) {
      return PINNED;
    }
    return selection instanceof VersionSelection.Range ? HIGHEST_IN_RANGE : NEWEST;
  }

  /**
   * The reason as part of a sentence.
   *
   * @return without a full stop
   */
  public String meaning() {
    return meaning;
  }
}
