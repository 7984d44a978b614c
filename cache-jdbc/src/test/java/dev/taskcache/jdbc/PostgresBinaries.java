package dev.taskcache.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks what Maven left in target/postgres: a jar that holds one archive of programs. */
final class PostgresBinaries {
  private PostgresBinaries() {}

  /**
   * The folder with bin, lib and share of a release, unpacked if it is not there already.
   *
   * @param release oldest or newest
   * @param base where to unpack it
   */
  static Path unpack(String release, Path base) throws IOException {
    Path jar = Path.of("target", "postgres", "postgres-" + release + ".jar");
    if (!Files.exists(jar)) {
      throw new IOException(jar + " is missing: run mvn process-test-resources first");
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      JarEntry archive =
          file.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
      // Named by content, so that another version is another folder.
      Path folder = base.resolve(release + "-" + Long.toHexString(archive.getCrc()));
      if (!Files.exists(folder)) {
        Files.createDirectories(base);
        Path unfinished = Files.createTempDirectory(base, "unpacking");
        try (InputStream content = file.getInputStream(archive)) {
          unpack(content, unfinished);
        }
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
        publish(unfinished, folder);
      }
      return folder;
    }
  }

  private static void unpack(InputStream content, Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZInputStream(content))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = folder.resolve(entry.getName()).normalize();
        if (!path.startsWith(folder)) {
          throw new IOException(entry.getName() + " leads out of the archive");
        }
        Files.createDirectories(path.getParent());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  /** Another process may have been as quick: its folder is as good. */
  private static void publish(Path unfinished, Path folder) throws IOException {
    try {
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
      Folders.delete(unfinished);
    }
  }
}
