package dev.taskcache.jdbc;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Programs {
  private Programs() {}

  /** Fails with the program's output if it does not end well within a minute. */
  static void run(List<String> command) throws IOException {
    File output = File.createTempFile("program", ".log");
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output).start();
      boolean ended = process.waitFor(60, TimeUnit.SECONDS);
      process.destroyForcibly();
      if (!ended || process.exitValue() != 0) {
        throw new IOException(
            String.join(" ", command)
                + (ended ? " failed:\n" : " did not end:\n")
                + Files.readString(output.toPath()));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      Files.delete(output.toPath());
    }
  }
}
