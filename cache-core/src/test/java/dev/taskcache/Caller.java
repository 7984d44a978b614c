package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** One call on a thread of its own. */
final class Caller<T> extends FutureTask<T> {
  private final Thread thread = new Thread(this);

  Caller(Callable<T> call) {
    super(call);
    thread.start();
  }

  T result() throws Exception {
    return get(60, TimeUnit.SECONDS);
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Returns when the caller waits for somebody. */
  void waits() {
    while (thread.getState() != Thread.State.WAITING) {
      assertThat(thread.isAlive()).as("the caller waits, and has not ended").isTrue();
      Thread.onSpinWait();
    }
  }
}
