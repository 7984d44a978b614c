package dev.taskcache.kfp;

import dev.taskcache.policy.Layer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the v1 cache server does with a pod, read from the pod's labels and annotations.
 *
 * @param lookedUp whether the pod may be replaced by a stored result
 * @param stored whether its result is stored; also where nothing is looked up because no age is
 *     allowed: the row can then never be used, and from 2.14 on it keeps others from storing
 * @param maxStaleness how old a result it may use may be
 * @param rowStaleness for how long others may use its own: the pod's annotation, without default
 * @param trace every entry that counts or could be taken to, in the order in which they are looked
 *     at
 */
public record KfpPodCaching(
    boolean lookedUp,
    boolean stored,
    KfpStaleness maxStaleness,
    KfpStaleness rowStaleness,
    List<Entry> trace) {

  /** Copies the trace. */
  public KfpPodCaching {
    trace = List.copyOf(trace);
  }

  /**
   * Reads what a pod says.
   *
   * @param labels the pod's labels
   * @param annotations the pod's annotations
   * @param server the settings of the server that it comes to
   * @return what is done with it; whether the pod's command is one of TFX, which the server asks as
   *     well, is not in its metadata
   */
  public static KfpPodCaching read(
      Map<String, String> labels, Map<String, String> annotations, KfpCacheServer server) {
    return new PodMetadata(labels, annotations, server).read();
  }

  /**
   * The entry that decided whether the pod is looked up.
   *
   * @return one of the trace
   */
  public Entry decidedBy() {
    return trace.stream().filter(each -> each.role() == Role.DECIDED).findFirst().orElseThrow();
  }

  /**
   * The same as options of this library: a mode, and a maximum age where there is a limit. Where
   * nothing is looked up and the result is stored, the mode is still to read and write, and the age
   * zero. For how long others may use the pod's own result is no option of a request.
   *
   * @param place what the pod is called in explanations, for instance {@code pod train-x7k2}
   * @return what the pod says, of {@link dev.taskcache.explain.Level#TASK}, and what the server's
   *     variables say, of {@link dev.taskcache.explain.Level#ADMINISTRATOR}; empty for a pod that
   *     is left to the v2 driver
   */
  public List<Layer> layers(String place) {
    return PodLayers.of(this, place);
  }

  /**
   * Which switches of the pod and its server contradict each other; {@link KfpContradiction#in}
   * says what comes of it.
   *
   * @return in the order of their declaration; may be empty
   */
  public List<KfpContradiction> contradictions() {
    return KfpContradiction.among(PodLayers.said(trace));
  }

  /** What an entry was good for. */
  public enum Role {
    /** It decided whether the pod is looked up: the last that had to allow it, or the first not. */
    DECIDED,
    /** It says how old a result may be. */
    LIMITS,
    /** It was looked at, and changed nothing. */
    NO_EFFECT,
    /** The cache server does not look at it. */
    NOT_READ
  }

  /**
   * One label, annotation or variable.
   *
   * @param source what and where, for instance {@code label pipelines.kubeflow.org/cache_enabled}
   * @param value as it is written; null if it is absent
   * @param role what it was good for
   * @param message what it means, and what to do where that is not what people expect
   */
  public record Entry(String source, @Nullable String value, Role role, String message) {}
}
