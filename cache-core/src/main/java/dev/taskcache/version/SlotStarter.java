package dev.taskcache.version;

/**
 * Starts the run of a slot: the host's engine.
 *
 * @param <E> what it throws
 */
@FunctionalInterface
public interface SlotStarter<E extends Exception> {

  /**
   * Starts a run, and returns once it is on its way, well inside the cache's lease. After a process
   * died, or could not say that it had started the run, this is called again with the same id:
   * whoever starts runs refuses an id that it has, and returns as if it had started it.
   *
   * @param decision the run's id, and what it runs
   * @param compiled what the compiler made of it
   * @throws E if it was not started; the slot is free again
   */
  void start(SlotDecision decision, byte[] compiled) throws E;
}
