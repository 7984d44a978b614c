package dev.taskcache.version;

/**
 * Tells what a pipeline takes, gives and consists of, so that two versions can be compared.
 * Implementations are thread-safe.
 */
public interface PipelineReader {

  /**
   * Its version; another one reads everything again.
   *
   * @return never empty
   */
  String version();

  /**
   * Reads a definition.
   *
   * @param content a pipeline's definition; not to be changed
   * @return what it says
   * @throws IllegalArgumentException if the content is no pipeline; it says where and why
   */
  PipelineDescription read(byte[] content);
}
