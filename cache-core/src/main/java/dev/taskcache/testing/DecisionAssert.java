package dev.taskcache.testing;

import dev.taskcache.CacheDecision;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Outputs;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/** Assertions about a decision; a failure prints its explanation. */
public final class DecisionAssert extends AbstractAssert<DecisionAssert, CacheDecision> {
  DecisionAssert(CacheDecision actual) {
    super(actual, DecisionAssert.class);
  }

  /**
   * The recorded outputs were there.
   *
   * @return this assertion
   */
  public DecisionAssert isHit() {
    return isOf(Reason.Kind.HIT, "a hit");
  }

  /**
   * The task has to run.
   *
   * @return this assertion
   */
  public DecisionAssert isMiss() {
    return isOf(Reason.Kind.MISS, "a miss");
  }

  /**
   * Somebody else is running the task.
   *
   * @return this assertion
   */
  public DecisionAssert isInFlight() {
    return isOf(Reason.Kind.IN_FLIGHT, "in flight");
  }

  /**
   * The cache has no part in the task.
   *
   * @return this assertion
   */
  public DecisionAssert isBypass() {
    return isOf(Reason.Kind.BYPASS, "a bypass");
  }

  private DecisionAssert isOf(Reason.Kind kind, String expected) {
    isNotNull();
    if (actual.reason().kind() != kind) {
      fail("Expected " + expected);
    }
    return this;
  }

  /**
   * The decision's own reason is this one; see {@link #missedBecause} for what explains a miss.
   *
   * @param reason the reason
   * @return this assertion
   */
  public DecisionAssert hasReason(Reason reason) {
    isNotNull();
    if (actual.reason() != reason) {
      fail("Expected the reason " + reason);
    }
    return this;
  }

  /**
   * It is a miss for this reason, or explained by it.
   *
   * @param reason for instance {@link Reason#REFRESH_REQUESTED}, or {@link Reason#INPUT_CHANGED}
   * @param places what differs in that part of the key, all of it: for instance the names of
   *     inputs, which stand for every place inside them; none to leave that open
   * @return this assertion
   */
  public DecisionAssert missedBecause(Reason reason, String... places) {
    isMiss();
    Cause cause = new Cause(reason, Arrays.asList(places));
    cause
        .unlike(actual.reason(), ((CacheDecision.Miss) actual).explanation())
        .ifPresent(this::fail);
    return this;
  }

  /**
   * The cache has no part in the task, for this reason.
   *
   * @param reason of kind {@link Reason.Kind#BYPASS}
   * @return this assertion
   */
  public DecisionAssert bypassedBecause(Reason reason) {
    return isBypass().hasReason(reason);
  }

  /**
   * It is a hit with these outputs.
   *
   * @param outputs what is recorded
   * @return this assertion
   */
  public DecisionAssert hasOutputs(Outputs outputs) {
    isHit();
    Optional<Outputs> recorded = ((CacheDecision.Hit) actual).entry().map(CacheEntry::outputs);
    if (!recorded.equals(Optional.of(outputs))) {
      fail("Expected the outputs " + outputs + ", and they are " + recorded.orElse(null));
    }
    return this;
  }

  /**
   * It is about this key.
   *
   * @param key as {@code CacheKey.toString()} writes it
   * @return this assertion
   */
  public DecisionAssert hasKey(String key) {
    isNotNull();
    if (!key.equals(Objects.toString(actual.subject().key(), null))) {
      fail("Expected a decision about " + key);
    }
    return this;
  }

  private void fail(String expected) {
    failWithMessage("%s", expected + ", but the decision is\n" + Told.of(actual));
  }
}
