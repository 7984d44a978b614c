package dev.taskcache.flyte;

/** What says which code a task runs, when its results are kept in this library's own store. */
public enum FlyteIdentity {
  /**
   * Its name and cache version, as in Flyte: a new image or command changes nothing until somebody
   * changes the version.
   */
  CACHE_VERSION,
  /**
   * All that it consists of: image digest, command, arguments, environment, pod, custom
   * configuration, and the cache version where there is one.
   */
  COMPONENT
}
