package dev.taskcache.policy;

/**
 * Whose entries are served. A signature that is wrong never is, where there are keys to check it.
 */
public enum Trust {
  /** Also entries that nobody signed. */
  UNSIGNED_ACCEPTED,
  /** Only entries that somebody signed whose key is trusted in their namespace. */
  SIGNATURE_REQUIRED
}
