package dev.taskcache.policy;

import dev.taskcache.explain.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides which options apply: of all layers that set an option the most specific one, within the
 * limits. Of two layers of one level the later one is the more specific, as that of a pipeline
 * inside another.
 */
public final class OptionResolver {
  private static final String DEFAULT = "the library's default";

  private final List<Layer> layers;
  private final Limits limits;
  private final List<Setting> trace = new ArrayList<>();

  private OptionResolver(List<Layer> layers, Limits limits) {
    this.layers =
        layers.stream().sorted(Comparator.comparing(Layer::level)).toList(); // The sort is stable.
    this.limits = limits;
  }

  /**
   * Resolves options.
   *
   * @param layers who set what, in any order of levels
   * @param limits what is allowed
   * @return the options that apply
   */
  public static ResolvedOptions resolve(List<Layer> layers, Limits limits) {
    return new OptionResolver(layers, limits).resolve();
  }

  private ResolvedOptions resolve() {
    Mode mode = limit("mode", pick("mode", CachingOptions::mode, Mode.READ_WRITE), this::narrowed);
    Optional<Duration> age =
        limit(
            "maxAge",
            pick("maxAge", options -> options.maxAge().map(Optional::of), Optional.empty()),
            wanted -> Optional.ofNullable(Limits.shorter(wanted.orElse(null), limits.maxAge())));
    Verification verification =
        limit(
            "verification",
            pick("verification", CachingOptions::verification, Verification.EXISTS),
            wanted ->
                wanted.compareTo(limits.verification()) >= 0 ? wanted : limits.verification());
    Trust trust =
        limit(
            "trust",
            pick("trust", CachingOptions::trust, Trust.UNSIGNED_ACCEPTED),
            wanted -> wanted.compareTo(limits.trust()) >= 0 ? wanted : limits.trust());
    return new ResolvedOptions(
        mode,
        age.orElse(null),
        pick("waitForRunning", CachingOptions::waitForRunning, true),
        verification,
        trust,
        pick("failOnStoreFailure", CachingOptions::failOnStoreFailure, false),
        trace);
  }

  /** A refresh that may not write would reuse nothing and store nothing, which is off. */
  private Mode narrowed(Mode wanted) {
    if (wanted == Mode.OFF || limits.mode() == Mode.READ_WRITE) {
      return wanted;
    }
    return wanted == Mode.REFRESH ? Mode.OFF : limits.mode();
  }

  private <T> T pick(String field, Function<CachingOptions, Optional<T>> option, T otherwise) {
    T value = otherwise;
    Setting setting = new Setting(field, text(otherwise), Level.LIBRARY, DEFAULT);
    for (Layer layer : layers) {
      Optional<T> set = option.apply(layer.options());
      if (set.isPresent()) {
        value = set.get();
        setting = new Setting(field, text(value), layer.level(), layer.where());
      }
    }
    trace.add(setting);
    return value;
  }

  private <T> T limit(String field, T wanted, Function<T, T> tightened) {
    T allowed = tightened.apply(wanted);
    if (!allowed.equals(wanted)) {
      trace.removeIf(setting -> setting.field().equals(field));
      trace.add(new Setting(field, text(allowed), Level.ADMINISTRATOR, limits.where()));
    }
    return allowed;
  }

  private static String text(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(String::valueOf).orElse("any")
        : String.valueOf(value);
  }
}
