package dev.taskcache.testing;

import dev.taskcache.testing.FaultyStore.Call;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is to go wrong with some calls of a {@link FaultyStore}: how often, and then, once, what. It
 * counts until {@link FaultyStore#heal}. Not thread-safe.
 */
public final class FaultRule {
  private static final Set<Call> LOOKS = EnumSet.of(Call.FIND, Call.FIND_ALL, Call.AWAIT);
  private static final Runnable NOTHING = () -> {};

  private final FaultyStore store;
  private final Set<Call> calls;
  private double chance = 1;
  private int times = Integer.MAX_VALUE;

  FaultRule(FaultyStore store, Set<Call> calls) {
    this.store = store;
    this.calls = calls;
  }

  /**
   * Only the next calls; all of them unless set.
   *
   * @param count how many, one or more
   * @return this rule
   */
  public FaultRule next(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("the next " + count + " calls; give one or more");
    }
    this.times = count;
    return this;
  }

  /**
   * Only some calls, as the store's seed decides; all of them unless set.
   *
   * @param probability between 0 and 1
   * @return this rule
   */
  public FaultRule withChance(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a chance of " + probability + "; give something between 0 and 1");
    }
    this.chance = probability;
    return this;
  }

  /** The calls fail, and have no effect, as when there is no connection. */
  public void fail() {
    add(FaultKind.FAIL, NOTHING);
  }

  /** The calls have their effect and fail all the same, as when a connection breaks. */
  public void loseReply() {
    add(FaultKind.LOSE_REPLY, NOTHING);
  }

  /**
   * What looks find is not there, as with a replica that lags behind; what publishes store is not
   * kept although they say so, as with a server that failed over.
   *
   * @throws IllegalArgumentException if there are other calls than looks ({@code FIND}, {@code
   *     FIND_ALL}, {@code AWAIT}) and {@code PUBLISH}
   */
  public void lose() {
    check("lose", EnumSet.of(Call.FIND, Call.FIND_ALL, Call.AWAIT, Call.PUBLISH));
    add(FaultKind.LOSE, NOTHING);
  }

  /**
   * Entries that looks find are damaged.
   *
   * @throws IllegalArgumentException if there are other calls than looks: {@code FIND}, {@code
   *     FIND_ALL}, {@code AWAIT}
   */
  public void corrupt() {
    check("corrupt", LOOKS);
    add(FaultKind.CORRUPT, NOTHING);
  }

  /**
   * The calls take this long on the test's clock, and hardly any time really.
   *
   * @param time how long
   */
  public void delay(Duration time) {
    add(FaultKind.BEFORE, () -> store.pass(time));
  }

  /**
   * The calls wait until the test lets them go on.
   *
   * @return what holds them
   */
  public Gate hold() {
    Gate gate = new Gate();
    add(FaultKind.BEFORE, gate::pass);
    return gate;
  }

  /**
   * Something happens before the calls have any effect, on the thread of each call: another process
   * publishes, for instance, just when this one begins to wait.
   *
   * @param what what happens
   */
  public void first(Runnable what) {
    add(FaultKind.BEFORE, what);
  }

  private void check(String what, Set<Call> possible) {
    if (!possible.containsAll(calls)) {
      throw new IllegalArgumentException(
          "there is nothing to " + what + " in " + calls + "; say it of " + possible);
    }
  }

  private void add(FaultKind kind, Runnable before) {
    store.add(new Faults.Rule(calls, chance, times, kind, before));
  }
}
