package dev.taskcache.key;

import org.jspecify.annotations.Nullable;

/**
 * A request, or a part of one, that is refused whole: its message names the place, what is wrong
 * there and what to give instead.
 */
public final class InvalidRequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  /**
   * Refuses what stands at a place.
   *
   * @param place where, for instance {@code inputs.config.layers[3]}
   * @param problem what is wrong there and what to write instead, as one sentence
   */
  public InvalidRequestException(Place place, String problem) {
    this(place.toString(), problem, null);
  }

  /**
   * Refuses what stands at a place, because something else failed there.
   *
   * @param place where, for instance {@code inputs.config.layers[3]}
   * @param problem what is wrong there and what to write instead, as one sentence
   * @param cause what failed
   */
  public InvalidRequestException(Place place, String problem, Throwable cause) {
    this(place.toString(), problem, cause);
  }

  private InvalidRequestException(String path, String problem, @Nullable Throwable cause) {
    super(path.isEmpty() ? problem : path + ": " + problem, cause);
    this.path = path;
    this.problem = problem;
  }

  /**
   * The same refusal, seen from further out.
   *
   * @param outer the place that this exception's path is relative to
   * @return an exception whose path begins with that place
   */
  public InvalidRequestException under(Place outer) {
    String dot = path.isEmpty() || path.startsWith("[") || outer.isRoot() ? "" : ".";
    return new InvalidRequestException(outer + dot + path, problem, this);
  }

  /**
   * The place of the problem.
   *
   * @return a path such as {@code inputs.config.layers[3]}; empty for the whole
   */
  public String path() {
    return path;
  }
}
