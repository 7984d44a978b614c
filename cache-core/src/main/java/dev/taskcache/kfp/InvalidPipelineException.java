package dev.taskcache.kfp;

/**
 * A compiled pipeline that is refused: its message names the file, the line, the path of the field,
 * what is wrong there and what to write instead.
 */
public final class InvalidPipelineException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String path;

  InvalidPipelineException(String file, int line, String path, String problem) {
    super(file + ":" + line + ": " + (path.isEmpty() ? "" : path + ": ") + problem);
    this.file = file;
    this.line = line;
    this.path = path;
  }

  /**
   * The file.
   *
   * @return its name, as the reader was given it
   */
  public String file() {
    return file;
  }

  /**
   * The line of the problem.
   *
   * @return from 1
   */
  public int line() {
    return line;
  }

  /**
   * The place of the problem inside the document.
   *
   * @return a path such as {@code root.dag.tasks.train.componentRef.name}; empty for the whole
   */
  public String path() {
    return path;
  }
}
