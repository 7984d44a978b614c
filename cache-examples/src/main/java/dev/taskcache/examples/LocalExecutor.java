package dev.taskcache.examples;

import dev.taskcache.examples.TaskFailedException.Why;
import dev.taskcache.key.InputValue;
import dev.taskcache.kfp.KfpCommand;
import dev.taskcache.kfp.KfpTask;
import dev.taskcache.store.Outputs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Executes tasks as processes of this machine, each in a folder of its own. Thread-safe.
 *
 * <p>The commands run here and not in their image, with whatever this machine has. {@link
 * #platform} says so, and is to be in the key of whatever is executed here: nobody who runs the
 * image itself may be served with these results.
 */
final class LocalExecutor implements AutoCloseable {
  private final ScratchFolder scratch;
  private final Artifacts artifacts;
  private final Commands commands = new Commands();

  LocalExecutor(ScratchFolder scratch, Artifacts artifacts) {
    this.scratch = scratch;
    this.artifacts = artifacts;
  }

  /** What belongs into the key of every task that is executed here. */
  static Map<String, InputValue> platform() {
    return Map.of(
        "executor", new InputValue.Text("local-process"),
        "os", new InputValue.Text(property("os.name")),
        "arch", new InputValue.Text(property("os.arch")));
  }

  private static String property(String name) {
    return System.getProperty(name).toLowerCase(Locale.ROOT);
  }

  /** Executes a task of the run that has that folder, and waits for its end. */
  Outputs execute(KfpTask task, Path run) throws TaskFailedException {
    if (task.isImporter()) {
      return new Outputs(new InputValue.MapValue(task.importedOutputs()));
    }
    try {
      Path root = scratch.forExecution(task.path());
      ExecutionFolder folder = ExecutionFolder.create(root, run);
      commands.execute(task.path(), render(task, folder), folder);
      return TaskOutputs.read(task, folder, artifacts);
    } catch (IOException e) {
      throw new TaskFailedException(task.path(), Why.CANNOT_EXECUTE, e.toString());
    }
  }

  private static KfpCommand render(KfpTask task, ExecutionFolder folder)
      throws TaskFailedException {
    try {
      return task.render(folder);
    } catch (UncheckedIOException e) {
      throw new TaskFailedException(
          task.path(), Why.CANNOT_EXECUTE, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    commands.close();
  }
}
