package dev.taskcache.kfp;

import dev.taskcache.key.InvalidRequestException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The v2 driver of a Kubeflow installation, as far as fingerprints depend on it.
 *
 * @param release its release
 * @param publishesLogs whether it publishes logs: true unless the API server's {@code PUBLISH_LOGS}
 *     says otherwise
 * @param workspace the name of the run's workspace volume claim, which tasks that name {@code
 *     {{$.workspace_path}}} mount; null if there is none
 */
public record KfpDriver(KfpRelease release, boolean publishesLogs, @Nullable String workspace) {

  /**
   * The driver of an installation that nobody configured.
   *
   * @param release its release
   * @return it publishes logs, and there is no workspace
   */
  public static KfpDriver of(KfpRelease release) {
    return new KfpDriver(release, true, null);
  }

  /**
   * The fingerprint that it gives a task, whether caching is on for the task or not. A custom key
   * counts where the release obeys it.
   *
   * @param task the task, its inputs known
   * @param names what the installation calls the task's input artifacts
   * @return the fingerprint; empty for an importer, which has none
   * @throws InvalidRequestException if an input is nothing that Kubeflow has a value for, such as a
   *     secret, or a name has a lone surrogate
   */
  public Optional<KfpFingerprint> fingerprint(KfpTask task, KfpArtifactNames names) {
    if (task.isImporter()) {
      return Optional.empty();
    }
    String custom = task.facts().task().caching().key();
    if (custom != null && KfpSwitch.CACHE_KEY.in(release) == KfpObedience.OBEYED) {
      return Optional.of(KfpFingerprint.ofCustomKey(task.facts().task().component(), custom));
    }
    CacheKeyMessage key = new TaskMessages(this, names).of(task);
    return Optional.of(KfpFingerprint.v2(CacheKeyWriter.bytes(key, release)));
  }
}
