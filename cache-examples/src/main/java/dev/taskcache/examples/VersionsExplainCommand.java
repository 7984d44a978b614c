package dev.taskcache.examples;

import dev.taskcache.version.PipelineChange;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.Refusal;
import dev.taskcache.version.Resolution;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskcache versions explain}. */
@Command(
    name = "explain",
    description = {
      "Says what `versions resolve` says, what is the matter with each version that was passed"
          + " over, and what changed since the version that was published before the selected one:"
          + " components, images, parameters, outputs, caching options.",
      "",
      "If there is no version, the exit code is 1."
    })
final class VersionsExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ResolveOptions options;

  /**
   * What is to be told of a version's past.
   *
   * @param before the version before it; null if there is none, or the source does not say
   * @param change what differs; null if that is not known
   * @param problem why something is not known; null if everything is
   */
  private record Past(
      @Nullable PipelineVersion before,
      @Nullable PipelineChange change,
      @Nullable String problem) {}

  VersionsExplainCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.options = new ResolveOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.resolve(terminal, this::answer);
  }

  private int answer(ResolveOptions.Resolved resolved) throws InterruptedException {
    Resolution resolution = resolved.resolution();
    Past past = past(resolved);
    if (options.json()) {
      Map<String, Object> line = ResolveOptions.object(resolution);
      line.put("before", past.before() == null ? null : past.before().id());
      line.put("changes", past.change() == null ? null : object(past.change()));
      if (past.problem() != null) {
        line.put("changesProblem", past.problem());
      }
      terminal.say(JsonLine.of(line));
      return ExitCodes.OK;
    }
    terminal.say(ResolveOptions.text(resolution));
    resolution.refusals().forEach(this::print);
    print(resolution.version(), past);
    return ExitCodes.OK;
  }

  private void print(Refusal refusal) {
    PipelineVersion version = refusal.version();
    terminal.say(
        "Passed over: " + version.id() + " of " + version.createdAt() + " is " + refusal.kind());
    refusal.details().forEach(each -> terminal.out().println("  " + each));
  }

  private void print(PipelineVersion version, Past past) {
    PipelineVersion before = past.before();
    if (before != null && past.change() != null) {
      terminal.say(
          "Since version "
              + before.id()
              + " of "
              + before.createdAt()
              + " it changes "
              + past.change()
              + ".");
    } else if (past.problem() != null) {
      terminal.say("What it changes is not known: " + past.problem() + ".");
    } else {
      terminal.say("No version before " + version.id() + " is ready in the source.");
    }
  }

  private static Past past(ResolveOptions.Resolved resolved) throws InterruptedException {
    PipelineVersion version = resolved.resolution().version();
    PipelineVersion before = null;
    try {
      Listing listing = Listing.of(resolved.source(), version.pipeline());
      before = listing.before(version).orElse(null);
      PipelineChange change =
          before == null ? null : resolved.versions().resolver().changes(before, version);
      return new Past(before, change, null);
    } catch (IOException | IllegalArgumentException e) {
      return new Past(before, null, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> object(PipelineChange change) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("components", change.components());
    object.put("images", change.images());
    object.put("parameters", change.parameters());
    object.put("outputs", change.outputs());
    object.put("caching", change.caching());
    return object;
  }
}
