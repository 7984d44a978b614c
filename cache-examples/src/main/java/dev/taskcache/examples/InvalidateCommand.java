package dev.taskcache.examples;

import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntrySelector;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache invalidate}. */
@Command(
    name = "invalidate",
    description = {
      "Declares recorded results invalid: nothing that was computed before is used any more.",
      "",
      "Tasks that are running now end as usual, and what they give is not recorded. The next run of"
          + " such a task says INVALIDATED, by whom and when."
    })
final class InvalidateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private StoreOptions store;

  @Option(
      names = "--namespace",
      required = true,
      paramLabel = "NAME",
      description = "Whose results; `run` without this option uses default.")
  @SuppressWarnings("NullAway.Init") // required
  private String namespace;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // required
  private Which which;

  @Option(
      names = "--by",
      required = true,
      paramLabel = "WHO",
      description = "Who says so, for explanations.")
  @SuppressWarnings("NullAway.Init") // required
  private String by;

  @Option(names = "--json", description = "Print {\"store\": ..., \"invalidated\": how many}.")
  private boolean json;

  /** Exactly one of these. */
  private static final class Which {
    @Option(
        names = "--key",
        paramLabel = "KEY",
        converter = KeyConverter.class,
        description = "The result under one key.")
    private @Nullable CacheKey key;

    @Option(
        names = "--component",
        paramLabel = "NAME",
        description = "The results of one component.")
    private @Nullable String component;

    @Option(
        names = "--run",
        paramLabel = "RUN",
        description = "What one run recorded, or is computing; `run` ends with its run's id.")
    private @Nullable String run;

    @Option(
        names = "--created-before",
        paramLabel = "TIME",
        converter = InstantConverter.class,
        description = "What was computed before, for instance 2026-01-31T12:00:00Z.")
    private @Nullable Instant createdBefore;

    @Option(
        names = "--unused-since",
        paramLabel = "TIME",
        converter = InstantConverter.class,
        description = "What nobody has used since then.")
    private @Nullable Instant unusedSince;

    EntrySelector selector() {
      if (key != null) {
        return new EntrySelector.Key(key);
      } else if (component != null) {
        return new EntrySelector.Component(component);
      } else if (run != null) {
        return new EntrySelector.Run(run);
      } else if (createdBefore != null) {
        return new EntrySelector.CreatedBefore(createdBefore);
      }
      return new EntrySelector.UnusedSince(Objects.requireNonNull(unusedSince));
    }
  }

  InvalidateCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.store = new StoreOptions(environment);
  }

  @Override
  public Integer call() {
    long hit =
        store.stores().onExisting(opened -> opened.invalidate(namespace, which.selector(), by));
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("store", store.address().toString());
      line.put("invalidated", hit);
      terminal.out().println(JsonLine.of(line));
    } else {
      terminal
          .out()
          .println(
              store.address()
                  + ": "
                  + hit
                  + (hit == 1 ? " result" : " results")
                  + " of namespace "
                  + namespace
                  + " declared invalid, recorded or under way");
    }
    return ExitCodes.OK;
  }
}
