package dev.taskcache.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where runs are registered, a folder each, called by its id: {@code plan.json} is what it runs,
 * {@code lock} is held by the process that executes it, {@code result.json} is there when it is
 * over. Processes that share a store share this folder.
 *
 * @param root made when the first run is
 */
record RunFolders(Path root) {

  /**
   * A run that this process is to execute. Close it: others may take it up, unless it is over.
   *
   * @param id its id
   * @param folder its folder
   * @param lock held until it is closed
   */
  record Registered(String id, Path folder, FileLock lock) implements AutoCloseable {
    Path plan() {
      return folder.resolve("plan.json");
    }

    /** The run is over. */
    void ended(String result) throws IOException {
      write(folder.resolve("result.json"), result.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      try {
        lock.acquiredBy().close();
      } catch (IOException e) {
        // The lock ends with this process at the latest.
      }
    }
  }

  /**
   * Registers a run. An id that is there already is one that was registered before; its process may
   * have died since.
   *
   * @return the run; null if another process is executing it, or it is over
   */
  @Nullable Registered register(String id, byte[] plan) throws IOException {
    Path folder = root.resolve(id);
    Files.createDirectories(root);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      // Refused: what is left to do is what its first process did not do.
    }
    return take(id, plan);
  }

  /** A run that was registered and did not come to its end; null if there is nothing to do. */
  @Nullable Registered unfinished(String id) throws IOException {
    return Files.exists(root.resolve(id).resolve("plan.json")) ? take(id, null) : null;
  }

  private @Nullable Registered take(String id, byte @Nullable [] plan) throws IOException {
    Path folder = root.resolve(id);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Registered taken = null;
    try {
      FileLock lock = channel.tryLock();
      if (lock != null && !Files.exists(folder.resolve("result.json"))) {
        Registered run = new Registered(id, folder, lock);
        if (plan != null && !Files.exists(run.plan())) {
          write(run.plan(), plan);
        }
        taken = run;
      }
    } catch (OverlappingFileLockException e) {
      // This process is executing it.
    } finally {
      if (taken == null) {
        channel.close();
      }
    }
    return taken;
  }

  /** A file is there as a whole, or not at all. */
  private static void write(Path file, byte[] content) throws IOException {
    Path written = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    try (FileChannel channel =
        FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
