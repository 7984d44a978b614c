package dev.taskcache.examples;

import dev.taskcache.key.InputValue;
import dev.taskcache.kfp.KfpPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The places that one execution of a task reads from and writes to. */
final class ExecutionFolder implements KfpPaths {
  private final Path root;
  private final Path run;

  private ExecutionFolder(Path root, Path run) {
    this.root = root;
    this.run = run;
  }

  /** Prepares the folder of one execution, and what it shares with the others of its run. */
  static ExecutionFolder create(Path root, Path run) throws IOException {
    for (String folder : List.of("work", "tmp", "parameters", "artifacts")) {
      Files.createDirectories(root.resolve(folder));
    }
    ExecutionFolder folder = new ExecutionFolder(root, run);
    Files.createDirectories(Path.of(folder.workspace()));
    Files.createDirectories(Path.of(folder.pipelineRoot()));
    return folder;
  }

  /** Where the command is started. */
  Path work() {
    return root.resolve("work");
  }

  /** Where the command may put temporary files. */
  Path tmp() {
    return root.resolve("tmp");
  }

  Path stdout() {
    return root.resolve("stdout");
  }

  Path stderr() {
    return root.resolve("stderr");
  }

  Path parameter(String output) {
    return root.resolve("parameters").resolve(fileName(output));
  }

  Path artifact(String output) {
    return root.resolve("artifacts").resolve(fileName(output));
  }

  Path executorOutput() {
    return root.resolve("executor_output.json");
  }

  @Override
  public String outputParameterFile(String output) {
    return parameter(output).toString();
  }

  @Override
  public String outputArtifactPath(String output) {
    return artifact(output).toString();
  }

  /**
   * Where an artifact can be read; one that is on no machine's disk is known by its URI, and one
   * that is nothing but metadata is not there.
   */
  @Override
  public String inputArtifactPath(String input, int index, InputValue.Artifact artifact) {
    String uri = artifact.uri();
    if (uri == null) {
      return root.resolve("nothing").resolve(fileName(input)).toString();
    }
    return Artifacts.localPath(uri).map(Path::toString).orElse(uri);
  }

  @Override
  public String executorOutputFile() {
    return executorOutput().toString();
  }

  @Override
  public String workspace() {
    return run.resolve("workspace").toString();
  }

  @Override
  public String pipelineRoot() {
    return run.resolve("pipeline-root").toString();
  }

  private static String fileName(String output) {
    String safe = ScratchFolder.safe(output);
    return safe.equals(output) ? output : safe + "-" + Integer.toHexString(output.hashCode());
  }
}
