package dev.taskcache.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * A directory source of tests: each version is a minute younger than the one before it.
 *
 * @param directory what {@code --source} names
 */
record Published(Path directory) {
  static final String PIPELINE = "train";
  private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");

  /** Publishes by rename, as the minute-th version. */
  void version(String id, int minute, Ir content) {
    version(id, minute, content.text());
  }

  void version(String id, int minute, String content) {
    try {
      Path folder = Files.createDirectories(directory.resolve(PIPELINE));
      Path written = Files.writeString(folder.resolve("." + id + ".tmp"), content);
      Files.setLastModifiedTime(written, FileTime.from(created(minute)));
      Files.move(written, folder.resolve(id + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instant created(int minute) {
    return FIRST.plusSeconds(60L * minute);
  }

  /** Takes the directory away; whoever asks it finds nothing there. */
  Path takeAway() throws IOException {
    return Files.move(directory, directory.resolveSibling("taken-away"));
  }

  /** A pipeline of one task that leaves a line, has that text in it, and takes these parameters. */
  static Ir tracing(Path trace, String text, String... parameters) {
    Ir ir = new Ir();
    for (String each : parameters) {
      ir.parameter(each, "STRING", "any");
    }
    return ir.task("only")
        .constant("trace", "STRING", trace.toString())
        .constant("text", "STRING", text)
        .arg("{{$.inputs.parameters['trace']}}")
        .arg("{{$.inputs.parameters['text']}}")
        .sh("echo \"$2\" >> \"$1\"");
  }
}
