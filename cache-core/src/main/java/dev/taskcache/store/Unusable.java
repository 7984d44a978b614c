package dev.taskcache.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why a store has no entry to give although something was stored under the id. */
public sealed interface Unusable {

  /**
   * What to name as rejected when claiming over it.
   *
   * @return the fence of what is still there; null if nothing is
   */
  @Nullable Long rejectedFence();

  /**
   * The entry's time is over.
   *
   * @param at since when, by the store's clock
   * @param fence the entry's
   */
  record Expired(Instant at, long fence) implements Unusable {
    @Override
    public Long rejectedFence() {
      return fence;
    }
  }

  /**
   * The row was altered, cut short, or written in a form that this version does not know.
   *
   * @param problem what is wrong with it
   * @param fence the entry's
   */
  record Damaged(String problem, long fence) implements Unusable {
    @Override
    public Long rejectedFence() {
      return fence;
    }
  }

  /**
   * Somebody declared it invalid, and nothing was stored since.
   *
   * @param at when, by the store's clock
   * @param by who
   */
  record Invalidated(Instant at, String by) implements Unusable {
    @Override
    public @Nullable Long rejectedFence() {
      return null;
    }
  }
}
