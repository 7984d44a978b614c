package dev.taskcache.policy;

/** Code cannot be told from other code, so that a task which runs it must not be cached. */
public final class CodeNotIdentifiableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Some code.
   *
   * @param message which code, why, and what to do instead
   */
  public CodeNotIdentifiableException(String message) {
    super(message);
  }
}
