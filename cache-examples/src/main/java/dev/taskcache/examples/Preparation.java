package dev.taskcache.examples;

import dev.taskcache.version.Schedule;
import dev.taskcache.version.VersionUnavailableException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Compiles what a schedule selects between its slots, on a thread of its own. */
final class Preparation implements AutoCloseable {
  private final Versions versions;
  private final Schedule schedule;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "taskcache-preparation");
            made.setDaemon(true);
            return made;
          });
  private @Nullable Future<?> repeated;

  Preparation(Versions versions, Schedule schedule) {
    this.versions = versions;
    this.schedule = schedule;
  }

  /** Begins, with a pause of that length between the looks. */
  void every(Duration pause) {
    repeated =
        thread.scheduleWithFixedDelay(this::prepare, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void prepare() {
    try {
      versions.pipelines().prepare(schedule.pipeline(), schedule.selection());
    } catch (VersionUnavailableException | RuntimeException e) {
      // The next slot meets it, too, and says so.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (repeated != null) {
      repeated.cancel(true);
    }
    thread.shutdownNow();
  }
}
