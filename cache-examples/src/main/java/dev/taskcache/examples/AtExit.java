package dev.taskcache.examples;

/**
 * Work that is done once: when this is closed, or when the JVM ends before that, as by SIGTERM.
 * Thread-safe.
 */
final class AtExit implements AutoCloseable {
  private final Runnable work;
  private final Thread hook;

  /**
   * Registers work.
   *
   * @param work from now on it may be done at any time, on another thread
   */
  AtExit(Runnable work) {
    this.work = work;
    this.hook = new Thread(work);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The JVM is ending, and does it.
    }
    work.run();
  }
}
