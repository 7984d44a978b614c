package dev.taskcache;

import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.ResolvedOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The options that came with a request, from the most general layer to the most specific one. */
record Layers(List<Layer> sorted) {

  /** What they come to: resolved once for each cache, not for each decision. */
  record Resolved(Administration by, ResolvedOptions options) {}

  static Layers of(List<Layer> layers) {
    // The sort is stable: of one level the later one stays the more specific.
    return new Layers(layers.stream().sorted(Comparator.comparing(Layer::level)).toList());
  }

  /** What the most specific layer says; what the request itself says is the task's. */
  <T> @Nullable T last(Function<CachingOptions, Optional<T>> option, @Nullable T ofRequest) {
    @Nullable T last = null;
    boolean passed = false;
    for (Layer layer : sorted) {
      if (!passed && layer.level().compareTo(Level.TASK) >= 0) {
        passed = true;
        last = ofRequest == null ? last : ofRequest;
      }
      last = option.apply(layer.options()).orElse(last);
    }
    return passed || ofRequest == null ? last : ofRequest;
  }
}
