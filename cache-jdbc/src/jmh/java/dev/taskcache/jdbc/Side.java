package dev.taskcache.jdbc;

/** One of two ways to do the same. */
interface Side {
  /**
   * Gets what a slice needs, outside of the measured time.
   *
   * @param operations how many there will be
   */
  default void prepare(int operations) throws Exception {}

  /**
   * Gets what one operation needs, on its thread and outside of the measured time.
   *
   * @param operation as in {@link #run}
   */
  default void before(int operation) throws Exception {}

  /**
   * Does it once, on one of the slice's threads.
   *
   * @param operation from 0 on, another one for each call of a slice
   */
  void run(int operation) throws Exception;
}
