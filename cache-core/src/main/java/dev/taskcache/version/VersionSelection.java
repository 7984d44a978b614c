package dev.taskcache.version;

/** Which of a pipeline's versions a schedule wants. */
public sealed interface VersionSelection {

  /**
   * The newest one that is ready: by creation time, the larger id of two that are as old.
   *
   * @return the selection; always equal
   */
  static VersionSelection latest() {
    return new Latest();
  }

  /**
   * Always the same one.
   *
   * @param id the version's id
   * @return the selection
   * @throws IllegalArgumentException if the id is empty
   */
  static VersionSelection pinned(String id) {
    return new Pinned(id);
  }

  /**
   * The highest number of a range that keeps what its number promises; see {@link
   * Range#evenIncompatibleVersions}.
   *
   * @param range as npm writes it: {@code ^1.4}, {@code ~1.4.2}, {@code >=2 <3}, {@code 1.x}
   * @return the selection
   * @throws IllegalArgumentException if the text is no range
   */
  static Range range(String range) {
    return new Range(range, false);
  }

  /** See {@link VersionSelection#latest}. */
  record Latest() implements VersionSelection {
    @Override
    public String toString() {
      return "latest";
    }
  }

  /**
   * See {@link VersionSelection#pinned}.
   *
   * @param id the version's id
   */
  record Pinned(String id) implements VersionSelection {
    /** Checks the id. */
    public Pinned {
      if (id.isEmpty()) {
        throw new IllegalArgumentException(
            "an empty id pins nothing; give a version's id, or select the latest");
      }
    }

    @Override
    public String toString() {
      return "pinned to " + id;
    }
  }

  /**
   * See {@link VersionSelection#range}.
   *
   * @param range the range
   * @param evenIncompatible whether a version is selected that breaks what its number promises
   */
  record Range(String range, boolean evenIncompatible) implements VersionSelection {
    /** Checks the range. */
    public Range {
      SemanticRange.parse(range);
    }

    /**
     * The same range, of all its versions: also those that break what their number promises.
     *
     * @return the selection
     */
    public Range evenIncompatibleVersions() {
      return new Range(range, true);
    }

    @Override
    public String toString() {
      return "range " + range + (evenIncompatible ? ", even incompatible" : "");
    }
  }
}
