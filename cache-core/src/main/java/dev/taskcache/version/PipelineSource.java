package dev.taskcache.version;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where versions of pipelines are published. Implementations are thread-safe, keep what they answer
 * for no longer than a request takes (who asks remembers it), and have deadlines of their own: a
 * server that does not answer ends in an {@link IOException}.
 */
public interface PipelineSource {

  /**
   * What this source is, the same in every process that asks the same source: it is part of the key
   * under which its answers are shared. Holds no credentials.
   *
   * @return for instance a URL; never empty
   */
  String name();

  /**
   * The versions of a pipeline, in no particular order.
   *
   * @param pipeline the pipeline
   * @return empty if the source answers that there is none, or no such pipeline
   * @throws IOException if the source cannot be asked, or its answer cannot be read: never a list
   *     that only looks empty or complete
   * @throws InterruptedException if this thread is interrupted
   */
  List<PipelineVersion> versions(String pipeline) throws IOException, InterruptedException;

  /**
   * One version, also one that a list leaves out: tells a list that is out of date from a version
   * that was deleted.
   *
   * @param pipeline the pipeline
   * @param id the version's id
   * @return empty if the source answers that it does not exist
   * @throws IOException if the source cannot be asked, or its answer cannot be read
   * @throws InterruptedException if this thread is interrupted
   */
  Optional<PipelineVersion> version(String pipeline, String id)
      throws IOException, InterruptedException;

  /**
   * What a version consists of. Whoever asks compares it with the version's digest.
   *
   * @param version from this source
   * @return the pipeline's definition, for instance compiled Kubeflow IR, UTF-8; a new array
   * @throws IOException if it cannot be had, or no longer exists
   * @throws InterruptedException if this thread is interrupted
   */
  byte[] load(PipelineVersion version) throws IOException, InterruptedException;
}
