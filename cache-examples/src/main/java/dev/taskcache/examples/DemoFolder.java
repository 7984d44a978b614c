package dev.taskcache.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a pipeline and an empty store, in which {@code taskcache run} is executed, each
 * time as a process of its own. Close it, or end the JVM: either way folder and processes are gone.
 */
final class DemoFolder implements AutoCloseable {
  private static final String STORE = "demo.db";
  private static final long LONGEST_END_SECONDS = 10;

  private final Terminal terminal;
  private final String pipeline;
  private final Path folder;
  private final AtExit atExit;
  private volatile @Nullable Process running;
  private volatile boolean closed;

  private DemoFolder(Terminal terminal, String pipeline, Path folder) {
    this.terminal = terminal;
    this.pipeline = pipeline;
    this.folder = folder;
    this.atExit = new AtExit(this::release);
  }

  /** A new folder with that pipeline in a file of that name. */
  static DemoFolder create(Terminal terminal, String pipeline, String text) {
    try {
      Path folder = Files.createTempDirectory("taskcache-demo-").toRealPath();
      DemoFolder demo = new DemoFolder(terminal, pipeline, folder);
      Files.writeString(folder.resolve(pipeline), text);
      return demo;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line of a run with those parameters, {@code name=value}, as people type it. */
  String command(List<String> parameters) {
    StringBuilder command = new StringBuilder("taskcache");
    for (String word : words(parameters)) {
      command.append(' ').append(word.indexOf('"') < 0 ? word : "'" + word + "'");
    }
    return command.toString();
  }

  private List<String> words(List<String> parameters) {
    List<String> words = new ArrayList<>(List.of("run", pipeline, "--store", STORE));
    for (String parameter : parameters) {
      words.add("--param");
      words.add(parameter);
    }
    return words;
  }

  /** Executes that command, with options beside it, and returns its exit code. */
  int run(List<String> parameters, List<String> options) throws InterruptedException {
    List<String> words = new ArrayList<>(words(parameters));
    words.addAll(options);
    Path errors = folder.resolve("stderr");
    try {
      Process process = OwnProcess.start(terminal, folder, errors, words);
      running = process;
      if (closed) {
        throw new InterruptedException();
      }
      return OwnProcess.await(process, terminal, errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    atExit.close();
  }

  /** Its run ends the tasks that it executes before it ends itself. */
  private void release() {
    closed = true;
    Process process = running;
    try {
      if (process != null) {
        process.destroy();
        if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      ScratchFolder.delete(folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // Something that is still dying may still write; it is a folder for temporary files.
    }
  }
}
