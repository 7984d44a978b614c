package dev.taskcache;

import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.OptionResolver;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.policy.Trust;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.trust.TrustedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a cache's builder says of options, for all requests and for those of a namespace; whose
 * entries are trusted there, and which others it reads through to.
 */
record Administration(
    List<Layer> defaults,
    Limits limits,
    Map<String, Namespace> namespaces,
    Map<String, List<String>> sources,
    SignatureCheck signatures) {
  private static final Layer SIGNED =
      new Layer(
          Level.LIBRARY,
          "TaskCacheBuilder.trust()",
          CachingOptions.builder().trust(Trust.SIGNATURE_REQUIRED).build());
  private static final Namespace NO_MORE =
      new Namespace(
          new Layer(Level.ADMINISTRATOR, "the namespace", CachingOptions.NONE), Limits.NONE);

  /** What an administrator says of one namespace. */
  record Namespace(Layer options, Limits limits) {}

  Administration {
    namespaces = Map.copyOf(namespaces);
    sources = Map.copyOf(sources);
  }

  ResolvedOptions resolve(String namespace, List<Layer> requested) {
    return resolve(namespace, namespace, requested, limits.and(namespace(namespace).limits()));
  }

  /**
   * The options of a request for what it finds in another namespace. The limits of both apply, and
   * no level of the request's namespace can make the other's entries more trusted than they are
   * there: different trust means different namespaces.
   */
  ResolvedOptions resolve(String namespace, String source, List<Layer> requested) {
    ResolvedOptions there = resolve(source, List.of());
    Limits both =
        limits
            .and(namespace(namespace).limits())
            .and(namespace(source).limits())
            .and(
                new Limits(
                    Mode.READ_WRITE,
                    null,
                    Verification.NONE,
                    there.trust(),
                    "the namespace " + source));
    return resolve(namespace, source, requested, both);
  }

  private ResolvedOptions resolve(
      String namespace, String source, List<Layer> requested, Limits allowed) {
    List<Layer> layers = new ArrayList<>();
    if (signatures.hasKeys(source)) {
      layers.add(SIGNED);
    }
    layers.addAll(defaults);
    layers.add(namespace(namespace).options());
    layers.addAll(requested);
    return OptionResolver.resolve(layers, allowed);
  }

  private Namespace namespace(String namespace) {
    return namespaces.getOrDefault(namespace, NO_MORE);
  }

  /** Whether an entry that somebody stored meanwhile may be given to a caller. */
  boolean trusts(EntryHeader entry, Supplier<String> schema) {
    Trust trust = resolve(entry.id().namespace(), List.of()).trust();
    return !(signatures.check(entry, schema, trust) instanceof TrustedKeys.Verdict.Distrusted);
  }

  /** The namespaces that one reads through to, in their order. */
  List<String> sources(String namespace) {
    return sources.getOrDefault(namespace, List.of());
  }
}
