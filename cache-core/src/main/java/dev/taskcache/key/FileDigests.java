package dev.taskcache.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** SHA-256 of files, each read once as long as it does not change. Thread-safe. */
final class FileDigests {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Opener opener;
  private final Map<FileState, CompletableFuture<byte[]>> known = new ConcurrentHashMap<>();

  /** Opens a file to be read. */
  @FunctionalInterface
  interface Opener {
    InputStream open(Path path) throws IOException;
  }

  FileDigests(Opener opener) {
    this.opener = opener;
  }

  /** The digest of a file that is in a state; who asks for it while it is read waits for it. */
  byte[] of(FileState file) throws IOException {
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    CompletableFuture<byte[]> others = known.putIfAbsent(file, mine);
    if (others != null) {
      return await(others);
    }
    try {
      byte[] digest = read(file);
      mine.complete(digest);
      return digest;
    } catch (IOException | RuntimeException | Error e) {
      known.remove(file, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private static byte[] await(CompletableFuture<byte[]> others) throws IOException {
    try {
      return others.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? e.getMessage() : cause.getMessage(), e);
    }
  }

  private byte[] read(FileState file) throws IOException {
    MessageDigest digest = Sha256.create();
    byte[] buffer = new byte[BUFFER_BYTES];
    long bytes = 0;
    try (InputStream in = opener.open(file.path())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    }
    if (bytes != file.size()) {
      throw file.changed();
    }
    file.check();
    return digest.digest();
  }
}
