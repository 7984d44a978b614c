package dev.taskcache.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command as a process of its own; killed, as by SIGKILL, when it is closed. */
final class Child implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private Child(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it with nothing in its environment but PATH and these variables. */
  static Child start(Map<String, String> variables, Object... args) {
    try {
      List<String> words = new ArrayList<>(OwnProcess.java());
      List.of(args).forEach(arg -> words.add(arg.toString()));
      Path out = Files.createTempFile("taskcache-child-", ".out");
      Path err = Files.createTempFile("taskcache-child-", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().keySet().retainAll(List.of("PATH"));
      builder.environment().putAll(variables);
      Process process = builder.start();
      process.getOutputStream().close();
      return new Child(process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  static Cli run(Map<String, String> variables, Object... args) {
    try (Child child = start(variables, args)) {
      return child.end();
    }
  }

  /** Waits for its end. */
  Cli end() {
    try {
      int code = process.waitFor();
      return new Cli(code, Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file that it prints to. */
  Path printed() {
    return out;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it in the middle of whatever it does; what it had started lives on. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to end, as by SIGTERM, and waits until it has. */
  void terminate() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
    try {
      Files.delete(out);
      Files.delete(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
