package dev.taskcache;

import dev.taskcache.policy.NotCached;

/** The answer to a question for the key of a request that must not be cached. */
public final class NotCacheableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient NotCached finding;

  NotCacheableException(NotCached finding) {
    super(finding.reason() + ": " + finding.message());
    this.finding = finding;
  }

  /**
   * Why the request must not be cached.
   *
   * @return reason and message
   */
  public NotCached finding() {
    return finding;
  }
}
