package dev.taskcache.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The folder in which a session executes its tasks, each in one of its own. Thread-safe. */
final class ScratchFolder implements AutoCloseable {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");
  private static final int LONGEST_NAME = 80;

  private final Path root;
  private final boolean keep;
  private final AtomicInteger executions = new AtomicInteger();

  private ScratchFolder(Path root, boolean keep) {
    this.root = root;
    this.keep = keep;
  }

  static ScratchFolder create(boolean keep) {
    try {
      return new ScratchFolder(Files.createTempDirectory("taskcache-").toRealPath(), keep);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path root() {
    return root;
  }

  /** A new folder for one execution; its name can stand in a shell's command as it is. */
  Path forExecution(String task) throws IOException {
    String name = "%03d-%s".formatted(executions.incrementAndGet(), safe(task));
    return Files.createDirectories(root.resolve("tasks").resolve(name));
  }

  /** A file name that no shell gives a meaning of its own. Others may have the same one. */
  static String safe(String name) {
    String safe = UNSAFE.matcher(name).replaceAll("-");
    return safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
  }

  /** Deletes the folder with all that is in it, as far as that is possible, unless it is kept. */
  @Override
  public void close() {
    try {
      if (!keep) {
        delete(root);
      }
    } catch (IOException e) {
      // A process that is still dying may still write; it is a folder for temporary files.
    }
  }

  static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
