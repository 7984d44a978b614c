package dev.taskcache.version;

import java.util.Map;

/**
 * Turns the definition of a pipeline into what an engine runs. The same content and options give
 * the same bytes: that, name and version are what its results are cached under. Implementations are
 * thread-safe, and end when their thread is interrupted.
 */
public interface PipelineCompiler {

  /**
   * What it is called.
   *
   * @return for instance {@code taskcache-plan}; never empty
   */
  String name();

  /**
   * Its version; another one compiles everything again.
   *
   * @return never empty
   */
  String version();

  /**
   * Compiles, and checks what it compiles.
   *
   * @param content a pipeline's definition; not to be changed
   * @param options what else decides how it is compiled; values that an input of a task can have
   * @return what the engine runs; a new array
   * @throws IllegalArgumentException if the content cannot be compiled; it says where and why
   * @throws Exception if something else prevents it; it is tried again later
   */
  byte[] compile(byte[] content, Map<String, ?> options) throws Exception;
}
