package dev.taskcache;

import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.OptionResolver;
import dev.taskcache.policy.ResolvedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a cache's builder says of options, for all requests and for those of a namespace. */
record Administration(List<Layer> defaults, Limits limits, Map<String, Namespace> namespaces) {
  private static final Namespace NO_MORE =
      new Namespace(
          new Layer(Level.ADMINISTRATOR, "the namespace", CachingOptions.NONE), Limits.NONE);

  /** What an administrator says of one namespace. */
  record Namespace(Layer options, Limits limits) {}

  Administration {
    namespaces = Map.copyOf(namespaces);
  }

  ResolvedOptions resolve(String namespace, List<Layer> requested) {
    Namespace here = namespaces.getOrDefault(namespace, NO_MORE);
    List<Layer> layers = new ArrayList<>(defaults);
    layers.add(here.options());
    layers.addAll(requested);
    return OptionResolver.resolve(layers, limits.and(here.limits()));
  }
}
