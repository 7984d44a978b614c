package dev.taskcache.kfp;

import dev.taskcache.policy.Layer;
import dev.taskcache.policy.ResolvedOptions;
import java.util.List;

/**
 * What a run says about the caching of its tasks, beside what their file says. Thread-safe, and
 * gives the same for the same task.
 */
@FunctionalInterface
public interface KfpOverrides {
  /** Says nothing. */
  KfpOverrides NONE = (task, written) -> List.of();

  /**
   * What applies to one task.
   *
   * @param task its {@linkplain KfpTask#path path}
   * @param written how the file wants it to be cached
   * @return further layers, for instance of {@link dev.taskcache.explain.Level#RUN}; may be empty
   */
  List<Layer> of(String task, ResolvedOptions written);
}
