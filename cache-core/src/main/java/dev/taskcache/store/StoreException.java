package dev.taskcache.store;

/** A store's failure; the cache answers it with a miss and never fails the task for it. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of which there is nothing more to say.
   *
   * @param message what failed, where, and what to do
   */
  public StoreException(String message) {
    super(message);
  }

  /**
   * A failure.
   *
   * @param message what failed, where, and what to do
   * @param cause what was thrown
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
