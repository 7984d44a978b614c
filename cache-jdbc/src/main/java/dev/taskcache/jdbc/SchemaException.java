package dev.taskcache.jdbc;

import org.jspecify.annotations.Nullable;

/** A database's schema is not the one that this code needs, or could not be made so. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  SchemaException(String message) {
    this(message, null);
  }
}
