package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;

/**
 * What a Kubeflow installation calls the artifacts that its tasks are given. Called on the thread
 * that asks for a fingerprint.
 */
@FunctionalInterface
public interface KfpArtifactNames {
  /**
   * The name that is in the fingerprint.
   *
   * @param input the input's name
   * @param index which of the input's artifacts, from 0; 0 unless the input is a list
   * @param artifact the artifact
   * @return up to 2.17 the artifact's id in the metadata store (MLMD), as decimal digits: nothing
   *     of the artifact itself
   */
  String name(String input, int index, InputValue.Artifact artifact);
}
