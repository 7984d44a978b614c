package dev.taskcache.version;

import dev.taskcache.store.WriteOutcome;
import java.time.Instant;

/** What became of a call to run a slot. */
public sealed interface SlotOutcome {

  /**
   * Which version the slot runs.
   *
   * @return the same for every attempt
   */
  SlotDecision decision();

  /**
   * This call started the run.
   *
   * @param decision which version it runs
   * @param recorded what became of the note of that; if it was not stored the slot is given to
   *     somebody again when this call's lease ends, with the same run id
   */
  record Started(SlotDecision decision, WriteOutcome recorded) implements SlotOutcome {}

  /**
   * Another call had started it.
   *
   * @param decision which version it runs
   */
  record AlreadyStarted(SlotDecision decision) implements SlotOutcome {}

  /**
   * Another process is about to start it, or died while it was: call again.
   *
   * @param decision which version it runs
   * @param owner who holds the slot
   * @param until when the slot is free unless it was started by then, by the store's clock
   */
  record Held(SlotDecision decision, String owner, Instant until) implements SlotOutcome {}
}
