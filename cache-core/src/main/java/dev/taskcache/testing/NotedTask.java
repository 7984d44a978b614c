package dev.taskcache.testing;

import dev.taskcache.Task;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A task that notes whether it ran, and how it failed. Not thread-safe. */
final class NotedTask implements Task<Object, Exception> {
  private final Task<?, ? extends Exception> task;
  boolean ran;
  @Nullable Throwable failure;

  NotedTask(Task<?, ? extends Exception> task) {
    this.task = task;
  }

  @Override
  public Object run() throws Exception {
    ran = true;
    try {
      return Objects.requireNonNull(task.run());
    } catch (Throwable e) {
      failure = e;
      throw e;
    }
  }
}
