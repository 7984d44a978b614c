package dev.taskcache.examples;

import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.Resolution;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskcache versions resolve}. */
@Command(
    name = "resolve",
    description = {
      "Says which version of a pipeline runs now, why, and from information of what age; versions"
          + " that were passed over have a line each.",
      "",
      "Answers are shared through the store. If the source fails, the last known version is the"
          + " answer, with its age and the problem, and the exit code is 0. If there is no version,"
          + " or it cannot be compiled for --output, the exit code is 1."
    })
final class VersionsResolveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ResolveOptions options;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = {
        "Also write the version's plan to this file, for `run --compiled`. It is compiled once for"
            + " all who share the store; tags of images stay tags in it."
      })
  private @Nullable Path output;

  VersionsResolveCommand(Terminal terminal, Environment environment) {
    this.terminal = terminal;
    this.options = new ResolveOptions(environment);
  }

  @Override
  public Integer call() throws InterruptedException {
    return options.resolve(terminal, this::answer);
  }

  private int answer(ResolveOptions.Resolved resolved) throws InterruptedException {
    Resolution resolution = resolved.resolution();
    Map<String, Object> line = ResolveOptions.object(resolution);
    if (!options.json()) {
      terminal.say(ResolveOptions.text(resolution));
      resolution.refusals().forEach(each -> terminal.say("Passed over: " + each + "."));
    }
    if (output != null) {
      byte[] plan = compile(resolved.versions(), resolution.version());
      if (plan == null) {
        return ExitCodes.NO_VERSION;
      }
      CompileCommand.write(plan, output);
      line.put("output", output.toString());
      line.put("bytes", plan.length);
      if (!options.json()) {
        terminal.say(output + ": " + plan.length + " bytes, for `taskcache run --compiled`");
      }
    }
    if (options.json()) {
      terminal.say(JsonLine.of(line));
    }
    return ExitCodes.OK;
  }

  /** What it was compiled to; null if it cannot be, which is said. */
  private byte @Nullable [] compile(Versions versions, PipelineVersion version)
      throws InterruptedException {
    try {
      return versions.pipelines().compile(version);
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      terminal.complain(
          "taskcache: version "
              + version.id()
              + " of "
              + version.pipeline()
              + " cannot be compiled: "
              + e.getMessage());
      return null;
    }
  }
}
