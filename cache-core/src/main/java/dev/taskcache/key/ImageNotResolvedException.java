package dev.taskcache.key;

import org.jspecify.annotations.Nullable;

/**
 * Which image a tag means could not be found out, so that its task is not cached; the message names
 * the image, whom was asked, and what to do.
 */
public final class ImageNotResolvedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * An image.
   *
   * @param message which image, who was asked, what came of it and what to do
   * @param cause what failed; null if nothing did
   */
  public ImageNotResolvedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
