package dev.taskcache.key;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Work on a number of files, by the calling thread and whatever an executor adds. The caller never
 * waits for a thread to become free, so it may be one of the executor's own.
 */
final class FileBatch {
  private final int size;
  private final Step step;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** What is done with one file. */
  @FunctionalInterface
  interface Step {
    void run(int index) throws IOException;
  }

  private FileBatch(int size, Step step) {
    this.size = size;
    this.step = step;
  }

  /** Runs the step for each index; the first failure stops the rest and is thrown. */
  static void run(int size, @Nullable Executor executor, Step step) throws IOException {
    FileBatch batch = new FileBatch(size, step);
    List<Share> shares = executor == null ? List.of() : batch.help(executor);
    batch.work();
    for (Share share : shares) {
      batch.await(share);
    }
    Throwable failed = batch.failure.get();
    if (failed instanceof IOException io) {
      throw io;
    } else if (failed instanceof Error error) {
      throw error;
    } else if (failed != null) {
      throw (RuntimeException) failed;
    }
  }

  private List<Share> help(Executor executor) {
    List<Share> shares = new ArrayList<>();
    int most = Math.min(size - 1, Runtime.getRuntime().availableProcessors());
    try {
      while (shares.size() < most) {
        Share share = new Share();
        executor.execute(share);
        shares.add(share);
      }
    } catch (RejectedExecutionException e) {
      // Then there is no more help.
    }
    return shares;
  }

  private void work() {
    while (failure.get() == null) {
      int index = next.getAndIncrement();
      if (index >= size) {
        return;
      }
      try {
        step.run(index);
      } catch (IOException | RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private void await(Share share) throws InterruptedIOException {
    try {
      share.endOrPrevent();
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while digesting");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private final class Share implements Runnable {
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public void run() {
      if (begun.compareAndSet(false, true)) {
        work();
        ended.countDown();
      }
    }

    void endOrPrevent() throws InterruptedException {
      if (!begun.compareAndSet(false, true)) {
        ended.await();
      }
    }
  }
}
