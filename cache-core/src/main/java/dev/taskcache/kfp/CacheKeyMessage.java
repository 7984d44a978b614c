package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Kubeflow's {@code CacheKey} ({@code api/v2alpha1/cache_key.proto}), with what its driver can put
 * into it.
 *
 * @param inputArtifactNames for each input the names of its artifacts, which are ids of a database
 * @param inputParameterValues values of JSON's own kinds
 * @param inputParameters typed values, which only drivers before 2.0 filled in, as their JSON
 * @param outputParameters names of types, by output
 */
record CacheKeyMessage(
    Map<String, List<String>> inputArtifactNames,
    Map<String, InputValue> inputParameterValues,
    Map<String, InputValue> inputParameters,
    Map<String, Output> outputArtifacts,
    Map<String, String> outputParameters,
    Process process) {
  static final String LOGS = "executor-logs";

  /** The output that a driver adds where the installation publishes logs. */
  static final Output LOGS_OUTPUT =
      new Output(LOGS, new ArtifactType("schemaTitle", "system.Artifact", ""), null);

  /** An output artifact; type and metadata are null where they are not set. */
  record Output(String name, @Nullable ArtifactType type, InputValue.@Nullable MapValue metadata) {}

  /**
   * The type of an artifact.
   *
   * @param kind which of three fields is set; null if none is
   * @param text what it is set to; it may be empty
   * @param version empty if there is none
   */
  record ArtifactType(@Nullable String kind, String text, String version) {}

  /**
   * The process, placeholders and all.
   *
   * @param words its command, then its arguments
   * @param volumes names of volume claims, sorted by their bytes, once each
   */
  record Process(String image, List<String> words, List<Variable> env, List<String> volumes) {
    static final Process NONE = new Process("", List.of(), List.of(), List.of());

    /** Brings the names of volumes into the driver's order. */
    Process {
      if (volumes.size() > 1) {
        volumes = volumes.stream().distinct().sorted(GoJson.BYTE_ORDER).toList();
      }
    }
  }

  /** A variable of the environment; either may be empty. */
  record Variable(String name, String value) {}

  /** The same without the log output that drivers of the release do not add. */
  CacheKeyMessage withoutUnknownLogs(KfpRelease release) {
    if (release.addsExecutorLogs() || !LOGS_OUTPUT.equals(outputArtifacts.get(LOGS))) {
      return this;
    }
    Map<String, Output> others = new TreeMap<>(outputArtifacts);
    others.remove(LOGS);
    return new CacheKeyMessage(
        inputArtifactNames,
        inputParameterValues,
        inputParameters,
        others,
        outputParameters,
        process);
  }
}
