package dev.taskcache.flyte;

import dev.taskcache.explain.Level;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task, its node and its execution say about caching, as layers: one for each field that
 * says something, so that a decision names the field.
 */
final class FlyteLayers {
  private final List<Layer> layers = new ArrayList<>();

  private FlyteLayers() {}

  /**
   * The layers of a task.
   *
   * @param node the node that runs it; null if none does
   * @param overwrite where {@code overwrite_cache} was set; null if it was not
   */
  static List<Layer> of(
      String name, FlyteCaching own, @Nullable FlyteNode node, @Nullable String overwrite) {
    FlyteLayers all = new FlyteLayers();
    Message overrides = node == null ? Message.empty("NodeMetadata") : node.metadata();
    all.task(name, own, overrides);
    if (node != null) {
      all.node(node.id().isEmpty() ? "the node" : "node " + node.id(), overrides);
    }
    boolean cached = own.overriddenBy(overrides).enabled();
    if (overwrite != null && cached) {
      all.add(Level.RUN, overwrite, CachingOptions.builder().mode(Mode.REFRESH));
    }
    return List.copyOf(all.layers);
  }

  /** A version cannot be taken back by a later layer, so one that the node replaces is left out. */
  private void task(String name, FlyteCaching own, Message overrides) {
    String metadata = name + ": metadata.";
    if (own.enabled()) {
      task(metadata + "discoverable is true", CachingOptions.builder().mode(Mode.READ_WRITE));
    } else {
      task(
          name
              + " is not discoverable, which means off; write cache=True (metadata.discoverable,"
              + " or a node's metadata.cacheable) to switch it on",
          CachingOptions.builder().mode(Mode.OFF));
    }
    serialize(metadata + "cache_serializable is ", own.serialize());
    if (!overrides.has("cache_version")) {
      version(metadata + "discovery_version", own.version());
    }
    if (!own.ignoredInputs().isEmpty()) {
      task(
          metadata + "cache_ignore_input_vars",
          CachingOptions.builder().ignoredInputs(own.ignoredInputs()));
    }
  }

  private void node(String node, Message overrides) {
    String metadata = node + ": metadata.";
    if (overrides.has("cacheable")) {
      boolean on = overrides.flag("cacheable");
      task(
          metadata + "cacheable is " + on,
          CachingOptions.builder().mode(on ? Mode.READ_WRITE : Mode.OFF));
    }
    if (overrides.has("cache_serializable")) {
      serialize(metadata + "cache_serializable is ", overrides.flag("cache_serializable"));
    }
    version(metadata + "cache_version", overrides.text("cache_version"));
  }

  private void serialize(String where, boolean serialize) {
    task(where + serialize, CachingOptions.builder().waitForRunning(serialize));
  }

  private void version(String where, String written) {
    String version = FlyteCaching.trimmed(written);
    if (!version.isEmpty()) {
      task(where, CachingOptions.builder().version(version));
    }
  }

  private void task(String where, CachingOptions.Builder options) {
    add(Level.TASK, where, options);
  }

  private void add(Level level, String where, CachingOptions.Builder options) {
    layers.add(new Layer(level, where, options.build()));
  }
}
