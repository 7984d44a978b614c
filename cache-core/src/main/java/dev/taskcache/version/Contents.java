package dev.taskcache.version;

import dev.taskcache.TaskCache;
import java.io.IOException;

/**
 * What versions consist of: loaded when it is needed, checked against its digest, and described
 * once per digest in all processes. Thread-safe; blocks.
 */
record Contents(PipelineSource source, PipelineReader reader, TaskCache cache, VersionTasks tasks) {

  byte[] load(PipelineVersion version) throws IOException, InterruptedException {
    byte[] content = source.load(version);
    String digest = PipelineVersion.digestOf(content);
    if (!digest.equals(version.digest())) {
      throw new IOException(
          "version "
              + version.id()
              + " of "
              + version.pipeline()
              + " was listed as "
              + version.digest()
              + " and is "
              + digest
              + "; publish what changed as a new version");
    }
    return content;
  }

  /**
   * What it takes, gives and consists of.
   *
   * @throws IllegalArgumentException if it is no pipeline
   */
  PipelineDescription describe(PipelineVersion version) throws IOException, InterruptedException {
    try {
      return cache
          .<PipelineDescription, Exception>getOrRun(
              tasks.description(version, reader.version()),
              VersionTasks.DESCRIPTION,
              () -> reader.read(load(version)))
          .value();
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(
          "version " + version.id() + " of " + version.pipeline() + " cannot be read: " + e, e);
    }
  }
}
