package dev.taskcache.examples;

import dev.taskcache.explain.Level;
import dev.taskcache.kfp.KfpOverrides;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.ResolvedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The switches of a command line as what a run says of its tasks.
 *
 * @param switches those for every task
 * @param refreshed which tasks are executed anew
 */
record RunOverrides(List<Switch> switches, RefreshedTasks refreshed) implements KfpOverrides {
  /** No switch. */
  static final RunOverrides NONE = new RunOverrides(List.of(), RefreshedTasks.NONE);

  /** One switch, as people wrote it. */
  record Switch(String text, CachingOptions options) {
    static Switch mode(String text, Mode mode) {
      return new Switch(text, CachingOptions.builder().mode(mode).build());
    }
  }

  /** The same with one switch more. */
  RunOverrides and(Switch added) {
    return new RunOverrides(Stream.concat(switches.stream(), Stream.of(added)).toList(), refreshed);
  }

  @Override
  public List<Layer> of(String task, ResolvedOptions written) {
    if (written.mode() == Mode.OFF) {
      return List.of(); // A task that must not be cached is not, whatever part of it a run wants.
    }
    List<Layer> layers = new ArrayList<>();
    switches.forEach(each -> layers.add(new Layer(Level.RUN, each.text(), each.options())));
    Optional<String> named = refreshed.naming(task);
    named.ifPresent(
        name -> {
          Switch refresh = Switch.mode("--refresh " + name, Mode.REFRESH);
          layers.add(new Layer(Level.RUN, refresh.text(), refresh.options()));
        });
    return layers;
  }
}
