package dev.taskcache.examples;

import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.version.PipelineCompiler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code taskcache compile}. */
@Command(
    name = "compile",
    description = {
      "Turns a compiled pipeline into what an engine runs (docs/compiled.md).",
      "",
      "A plan is the checked pipeline in one file, for `run --compiled`: its images have digests,"
          + " its parameters the defaults that are given here. Tasks have the keys that they have"
          + " without it.",
      "",
      "`--to argo` writes a workflow of Argo, of pipelines of containers and parameters; what Argo"
          + " cannot express is refused."
    })
final class CompileCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Parameters(
      paramLabel = "PIPELINE",
      description = "A compiled pipeline (KFP's PipelineSpec), YAML or JSON.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write; unless given, it is printed.")
  private @Nullable Path output;

  @Option(
      names = "--to",
      paramLabel = "WHAT",
      description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private CompileTarget target = CompileTarget.PLAN;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE",
      description = {
        "Sets the default of a pipeline parameter; repeat it for more.",
        "The value of a parameter that is no string is JSON."
      })
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = {
        "Digests of image tags, one on a line: python:3.11 sha256:...",
        "A tag that is not there stays a tag."
      })
  private @Nullable Path images;

  @Option(names = "--json", description = "Say as a JSON object what was written; needs --output.")
  private boolean json;

  CompileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (json && output == null) {
      throw new ParameterException(
          spec.commandLine(), "--json needs --output FILE: else the result itself is printed");
    }
    PipelineCompiler compiler = target.compiler(PipelineOptions.images(images));
    byte[] compiled = compile(compiler);
    if (output == null) {
      terminal.out().print(new String(compiled, StandardCharsets.UTF_8));
    } else {
      write(compiled, output);
      report(compiler, compiled, output);
    }
    return ExitCodes.OK;
  }

  private void report(PipelineCompiler compiler, byte[] compiled, Path written) {
    CompileTarget.Images found = target.images(compiled);
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("output", written.toString());
      line.put("compiler", compiler.name());
      line.put("version", compiler.version());
      line.put("bytes", compiled.length);
      line.put("images", found.resolved());
      line.put("unresolvedImages", found.unresolved());
      terminal.out().println(JsonLine.of(line));
      return;
    }
    terminal
        .out()
        .println(
            written
                + ": "
                + compiled.length
                + " bytes of "
                + compiler.name()
                + " "
                + compiler.version());
    found.resolved().forEach((tag, digest) -> terminal.out().println(tag + " is " + digest));
    found
        .unresolved()
        .forEach(tag -> terminal.out().println(tag + " is a tag still: give --images for it"));
  }

  private byte[] compile(PipelineCompiler compiler) throws Exception {
    try {
      byte[] content = Files.readAllBytes(file);
      KfpPipeline.parse(file.toString(), content); // A refusal of it has the file's line.
      return compiler.compile(content, Map.of("parameters", parameters));
    } catch (IllegalArgumentException e) {
      throw BadInputException.notCompiled(file.toString(), e);
    } catch (IOException e) {
      throw BadInputException.of(file.toString(), e);
    }
  }

  /** Whoever reads the file meanwhile sees the old one, or the new one. */
  static void write(byte[] content, Path output) {
    try {
      if (Files.exists(output) && !Files.isRegularFile(output)) {
        Files.write(output, content); // A pipe, a terminal, or a folder, which is refused.
        return;
      }
      Path written = output.resolveSibling(output.getFileName() + "." + UUID.randomUUID());
      try {
        Files.write(written, content, StandardOpenOption.CREATE_NEW);
        Files.move(written, output, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw BadInputException.of(output.toString(), e);
    }
  }
}
