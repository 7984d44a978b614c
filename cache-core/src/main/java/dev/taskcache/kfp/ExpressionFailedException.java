package dev.taskcache.kfp;

/** An expression that has no value for the values it was given. */
final class ExpressionFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExpressionFailedException(String message) {
    super(message);
  }
}
