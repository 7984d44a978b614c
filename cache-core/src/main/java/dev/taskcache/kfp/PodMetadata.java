package dev.taskcache.kfp;

import dev.taskcache.kfp.KfpPodCaching.Entry;
import dev.taskcache.kfp.KfpPodCaching.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the labels and annotations of a pod in the order in which the v1 cache server does. */
final class PodMetadata {
  private static final String PREFIX = "pipelines.kubeflow.org/";
  private static final String CACHE_ENABLED = PREFIX + "cache_enabled";
  private static final String ENABLE_CACHING = PREFIX + "enable_caching";
  private static final String SDK_TYPE = PREFIX + "pipeline-sdk-type";
  private static final String V2_COMPONENT = PREFIX + "v2_component";
  private static final String STALENESS = PREFIX + "max_cache_staleness";

  /** What people set to switch caching. */
  static final Set<String> SWITCHES = Set.of(CACHE_ENABLED, ENABLE_CACHING, STALENESS);

  private static final String VARIABLE_OF = " of the cache server";
  private static final String DEFAULT = "variable DEFAULT_CACHE_STALENESS" + VARIABLE_OF;
  private static final String MAXIMUM = "variable MAXIMUM_CACHE_STALENESS" + VARIABLE_OF;
  private static final Map<String, KfpSwitch> BY_SOURCE =
      Map.of(
          "label " + CACHE_ENABLED,
          KfpSwitch.LABEL_CACHE_ENABLED,
          "label " + ENABLE_CACHING,
          KfpSwitch.LABEL_ENABLE_CACHING,
          "annotation " + STALENESS,
          KfpSwitch.MAX_CACHE_STALENESS,
          DEFAULT,
          KfpSwitch.DEFAULT_CACHE_STALENESS,
          MAXIMUM,
          KfpSwitch.MAXIMUM_CACHE_STALENESS);

  private final Map<String, String> labels;
  private final Map<String, String> annotations;
  private final KfpCacheServer server;
  private final List<Entry> trace = new ArrayList<>();

  PodMetadata(Map<String, String> labels, Map<String, String> annotations, KfpCacheServer server) {
    this.labels = labels;
    this.annotations = annotations;
    this.server = server;
  }

  KfpPodCaching read() {
    boolean admitted = admits();
    String own = annotations.get(STALENESS);
    KfpStaleness user = parsed(own);
    KfpStaleness maximum = parsed(server.maximumStaleness());
    boolean defaulted = user.isUnlimited();
    KfpStaleness chosen = defaulted ? parsed(server.defaultStaleness()) : user;
    KfpStaleness effective = chosen.cappedBy(maximum);
    boolean capped = !effective.equals(chosen);
    if (admitted) {
      boolean off = effective.seconds() == 0;
      Role counts = off ? Role.DECIDED : Role.LIMITS;
      annotation(own, defaulted || capped ? Role.NO_EFFECT : counts);
      variable(
          DEFAULT,
          server.defaultStaleness(),
          !defaulted || capped || chosen.isUnlimited() ? Role.NO_EFFECT : counts);
      variable(MAXIMUM, server.maximumStaleness(), capped ? counts : Role.NO_EFFECT);
      if (off) {
        label(CACHE_ENABLED, Role.NO_EFFECT, "allows it, but no age is allowed");
      } else {
        label(CACHE_ENABLED, Role.DECIDED, "is true: the pod is looked up");
      }
    }
    sdkLabel();
    return new KfpPodCaching(
        admitted && effective.seconds() != 0, admitted, effective, user.cappedBy(maximum), trace);
  }

  /** Whether the server does anything with the pod at all; if not, the trace says why. */
  private boolean admits() {
    String sdk = labels.get(SDK_TYPE);
    String enabled = labels.get(CACHE_ENABLED);
    if (!"true".equals(enabled)) {
      String problem =
          enabled == null ? "is absent, so the pod is none of Kubeflow's" : "is not exactly true";
      label(CACHE_ENABLED, Role.DECIDED, problem + "; the API server writes it from CACHEENABLED");
      return false;
    } else if (sdk != null && sdk.contains("tfx")) {
      label(SDK_TYPE, Role.DECIDED, "has tfx in it: TFX caches by itself");
      return false;
    } else if ("true".equals(annotations.get(V2_COMPONENT))) {
      add("annotation " + V2_COMPONENT, "true", Role.DECIDED, "is true: the v2 driver caches it");
      return false;
    }
    return true;
  }

  private void annotation(@Nullable String value, Role role) {
    if (value != null) {
      add("annotation " + STALENESS, value, role, meaning(value));
    }
  }

  private void variable(String source, @Nullable String value, Role role) {
    if (value != null) {
      add(source, value, role, meaning(value));
    }
  }

  /** The switch that an entry is of; null for the marks of TFX and of v2. */
  static @Nullable KfpSwitch switchOf(Entry entry) {
    return BY_SOURCE.get(entry.source());
  }

  /** Whether the pod is left to the v2 driver. */
  static boolean isOfV2(Entry decided) {
    return decided.source().equals("annotation " + V2_COMPONENT);
  }

  private static String meaning(String duration) {
    KfpStaleness staleness = KfpStaleness.parse(duration);
    if (staleness.isUnlimited()) {
      return GoDurations.nanos(duration).isEmpty()
          ? "cannot be parsed, which means no limit; write a duration such as P30D or PT12H"
          : "is negative, which means no limit; write a duration such as P30D or PT12H";
    }
    return staleness.seconds() == 0
        ? "is 0 seconds: nothing is looked up, but the result is stored"
        : "is " + staleness.seconds() + " seconds, counted from when the result was stored";
  }

  private void sdkLabel() {
    if (labels.containsKey(ENABLE_CACHING)) {
      label(
          ENABLE_CACHING,
          Role.NOT_READ,
          "is what the SDK writes, and nothing reads it; set "
              + STALENESS
              + " to P0D to switch one task off");
    }
  }

  private void label(String name, Role role, String message) {
    add("label " + name, labels.get(name), role, message);
  }

  private void add(String source, @Nullable String value, Role role, String message) {
    trace.add(new Entry(source, value, role, message));
  }

  private static KfpStaleness parsed(@Nullable String duration) {
    return duration == null ? KfpStaleness.UNLIMITED : KfpStaleness.parse(duration);
  }
}
