package dev.taskcache.version;

/**
 * A recurring run: what it is called, and which version of which pipeline it runs. When it runs is
 * the host's to say.
 *
 * @param name unique in its namespace; never empty
 * @param pipeline the pipeline
 * @param selection which of its versions
 */
public record Schedule(String name, String pipeline, VersionSelection selection) {

  /** Checks the names. */
  public Schedule {
    if (name.isEmpty() || pipeline.isEmpty()) {
      throw new IllegalArgumentException(
          "schedule \"" + name + "\" of pipeline \"" + pipeline + "\": neither may be empty");
    }
  }

  /**
   * A schedule that follows the latest version.
   *
   * @param name the schedule's name
   * @param pipeline the pipeline
   * @return the schedule
   */
  public static Schedule of(String name, String pipeline) {
    return new Schedule(name, pipeline, VersionSelection.latest());
  }

  /**
   * The same schedule, of the newest version.
   *
   * @return another schedule
   */
  public Schedule latest() {
    return with(VersionSelection.latest());
  }

  /**
   * The same schedule, of one version.
   *
   * @param id the version's id
   * @return another schedule
   */
  public Schedule pinned(String id) {
    return with(VersionSelection.pinned(id));
  }

  /**
   * The same schedule, of compatible versions.
   *
   * @param range for instance {@code ^1.4}
   * @return another schedule
   * @throws IllegalArgumentException if the text is no range
   */
  public Schedule range(String range) {
    return with(VersionSelection.range(range));
  }

  /**
   * The same schedule, of another selection.
   *
   * @param other which versions
   * @return another schedule
   */
  public Schedule with(VersionSelection other) {
    return new Schedule(name, pipeline, other);
  }
}
