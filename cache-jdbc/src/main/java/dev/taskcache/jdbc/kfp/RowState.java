package dev.taskcache.jdbc.kfp;

/** What the cache server would do with a row. */
enum RowState {
  /** It can be used. */
  VALID,
  /** It is older than it says that it may be, or than the server allows. */
  EXPIRED,
  /** No lookup finds it, whenever that is. */
  NEVER_MATCHES
}
