package dev.taskcache.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes do in a folder; the test's own timeout ends it. */
final class Watched {
  private Watched() {}

  /** Returns when the condition holds, and fails if the child ends before it does. */
  static void until(Path folder, Child child, Callable<Boolean> condition) throws Exception {
    try (WatchService watcher = folder.getFileSystem().newWatchService()) {
      folder.register(
          watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
      while (!condition.call()) {
        if (!child.isAlive()) {
          throw new AssertionError("it ended: " + child.end());
        }
        WatchKey key = watcher.poll(1, TimeUnit.SECONDS);
        if (key != null) {
          key.pollEvents();
          key.reset();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
