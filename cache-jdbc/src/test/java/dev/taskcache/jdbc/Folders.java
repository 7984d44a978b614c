package dev.taskcache.jdbc;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders of one JVM, named by its process, so that a later one can tell what was left behind. */
final class Folders {
  private Folders() {}

  /** A new folder, after deleting those of processes that are no more. */
  static Path create(Path base, String name) throws IOException {
    Files.createDirectories(base);
    try (Stream<Path> earlier = Files.list(base)) {
      for (Path each : earlier.filter(Folders::isAbandoned).toList()) {
        PostgresServer.stopAbandoned(each);
        MariaDbServer.stopAbandoned(each);
        delete(each);
      }
    }
    return Files.createTempDirectory(base, ProcessHandle.current().pid() + "-" + name + "-");
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }

  private static boolean isAbandoned(Path folder) {
    String pid = folder.getFileName().toString().split("-", 2)[0];
    return pid.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
  }
}
