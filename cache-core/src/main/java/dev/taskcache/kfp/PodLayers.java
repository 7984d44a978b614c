package dev.taskcache.kfp;

import dev.taskcache.explain.Level;
import dev.taskcache.kfp.KfpPodCaching.Entry;
import dev.taskcache.kfp.KfpPodCaching.Role;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the v1 cache server does with a pod, as layers of options. */
final class PodLayers {
  private PodLayers() {}

  static List<Layer> of(KfpPodCaching pod, String place) {
    if (PodMetadata.isOfV2(pod.decidedBy())) {
      return List.of();
    }
    if (!pod.stored()) {
      return List.of(mode(pod, place, pod.decidedBy(), Mode.OFF));
    }
    Entry label = entry(pod, KfpSwitch.LABEL_CACHE_ENABLED).findFirst().orElseThrow();
    List<Layer> layers = new ArrayList<>();
    layers.add(mode(pod, place, label, Mode.READ_WRITE));
    limit(pod)
        .ifPresent(
            entry ->
                layers.add(
                    new Layer(
                        level(entry),
                        place + ": " + words(entry),
                        CachingOptions.builder().maxAge(age(entry)).build())));
    return layers;
  }

  /** What each entry says, read or not. */
  static Map<KfpSwitch, Boolean> said(List<Entry> trace) {
    Map<KfpSwitch, Boolean> said = new EnumMap<>(KfpSwitch.class);
    for (Entry entry : trace) {
      KfpSwitch of = PodMetadata.switchOf(entry);
      String value = entry.value();
      if (of != null && value != null) {
        said.put(of, isLabel(of) ? value.equals("true") : !age(entry).isZero());
      }
    }
    return said;
  }

  /**
   * Who limits the age. A server with a maximum deletes what is older at each lookup, so that it is
   * the limit also of pods that have none.
   */
  private static Optional<Entry> limit(KfpPodCaching pod) {
    Optional<Entry> limit =
        pod.trace().stream()
            .filter(each -> each.role() == Role.LIMITS || each.role() == Role.DECIDED)
            .filter(each -> level(each) == Level.ADMINISTRATOR || isStaleness(each))
            .findFirst();
    return limit.isPresent()
        ? limit
        : entry(pod, KfpSwitch.MAXIMUM_CACHE_STALENESS)
            .filter(each -> !KfpStaleness.parse(value(each)).isUnlimited())
            .findFirst();
  }

  private static Layer mode(KfpPodCaching pod, String place, Entry decided, Mode mode) {
    StringBuilder where = new StringBuilder(place).append(": ").append(words(decided));
    entry(pod, KfpSwitch.LABEL_ENABLE_CACHING)
        .filter(each -> value(each).equals("true") == (mode == Mode.OFF))
        .forEach(each -> where.append("; ").append(words(each)));
    return new Layer(Level.TASK, where.toString(), CachingOptions.builder().mode(mode).build());
  }

  private static String words(Entry entry) {
    String value = entry.value();
    String written = value == null || value.equals("true") ? "" : " (" + value + ")";
    return entry.source() + written + " " + entry.message();
  }

  private static Stream<Entry> entry(KfpPodCaching pod, KfpSwitch of) {
    return pod.trace().stream().filter(each -> PodMetadata.switchOf(each) == of);
  }

  private static Level level(Entry entry) {
    KfpSwitch of = PodMetadata.switchOf(entry);
    return of == KfpSwitch.DEFAULT_CACHE_STALENESS || of == KfpSwitch.MAXIMUM_CACHE_STALENESS
        ? Level.ADMINISTRATOR
        : Level.TASK;
  }

  private static boolean isStaleness(Entry entry) {
    return PodMetadata.switchOf(entry) == KfpSwitch.MAX_CACHE_STALENESS;
  }

  private static boolean isLabel(KfpSwitch of) {
    return of == KfpSwitch.LABEL_CACHE_ENABLED || of == KfpSwitch.LABEL_ENABLE_CACHING;
  }

  private static Duration age(Entry entry) {
    KfpStaleness staleness = KfpStaleness.parse(value(entry));
    // What has no limit allows any age: it says on.
    return Duration.ofSeconds(staleness.isUnlimited() ? Long.MAX_VALUE : staleness.seconds());
  }

  private static String value(Entry entry) {
    String value = entry.value();
    return value == null ? "" : value;
  }
}
