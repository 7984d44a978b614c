package dev.taskcache.examples;

import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskcache versions list}. */
@Command(
    name = "list",
    description = {
      "Lists what a source has of a pipeline, the newest first, and marks what would run: the"
          + " latest, unless --pin or --range says another.",
      "",
      "Asks the source, and no store. The exit code is 1 if it does not answer."
    })
final class VersionsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline's name in the source.")
  @SuppressWarnings("NullAway.Init") // required
  private String pipeline;

  @Mixin private SourceOptions source;
  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Option(names = "--json", description = "Print a JSON object per version and line.")
  private boolean json;

  VersionsListCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.source = new SourceOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    VersionSelection wanted = selection.selection();
    Listing listing;
    try {
      listing = Listing.of(source.open(), pipeline);
    } catch (IOException e) {
      terminal.complain("taskcache: " + e.getMessage());
      return ExitCodes.NO_VERSION;
    }
    PipelineVersion selected = listing.selected(wanted).orElse(null);
    List<PipelineVersion> newestFirst = new ArrayList<>(listing.versions());
    Collections.reverse(newestFirst);
    if (json) {
      newestFirst.forEach(each -> terminal.out().println(JsonLine.of(object(each, selected))));
    } else if (newestFirst.isEmpty()) {
      terminal.out().println("There are no versions of " + pipeline + ".");
    } else {
      print(newestFirst, selected, wanted);
    }
    return ExitCodes.OK;
  }

  private void print(
      List<PipelineVersion> versions, @Nullable PipelineVersion selected, VersionSelection wanted) {
    Table table =
        new Table(
            new Table.Column("ID", false),
            new Table.Column("CREATED", false),
            new Table.Column("STATE", false),
            new Table.Column("NUMBER", false),
            new Table.Column("DIGEST", false),
            new Table.Column("", false));
    for (PipelineVersion each : versions) {
      table.row(
          Table.Cell.of(each.id()),
          Table.Cell.of(each.createdAt().toString()),
          Table.Cell.of(each.state().name()),
          Table.Cell.of(each.number().orElse("")),
          Table.Cell.of(each.digest()),
          Table.Cell.of(each.equals(selected) ? "<- " + wanted : ""));
    }
    table.lines().forEach(terminal.out()::println);
  }

  private static Map<String, Object> object(
      PipelineVersion version, @Nullable PipelineVersion selected) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("pipeline", version.pipeline());
    line.put("id", version.id());
    line.put("createdAt", version.createdAt().toString());
    line.put("state", version.state());
    line.put("number", version.number().orElse(null));
    line.put("digest", version.digest());
    line.put("selected", version.equals(selected));
    return line;
  }
}
