package dev.taskcache.testing;

import static dev.taskcache.testing.Samples.auc;
import static dev.taskcache.testing.Samples.train;
import static dev.taskcache.testing.TaskCacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.CacheDecision;
import dev.taskcache.explain.Reason;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asserted of decisions, and what failures say. */
class DecisionAssertTest {
  private final TestCache test = TestCache.inMemory(UnaryOperator.identity());

  @AfterEach
  void close() {
    test.close();
  }

  private CacheDecision hit() {
    test.given(train().input("rate", 0.01).build()).returns(auc(0.5));
    return test.cache().decide(train().input("rate", 0.01).build());
  }

  private CacheDecision miss() {
    test.given(train().input("rate", 0.01).input("seed", 1).build()).returns(auc(0.5));
    return test.cache().decide(train().input("rate", 0.02).input("seed", 1).build());
  }

  private CacheDecision off() {
    CachingOptions off = CachingOptions.builder().mode(Mode.OFF).build();
    return test.cache().decide(train().options(off).build());
  }

  private CacheDecision inFlight() {
    test.given(train().build()).runsElsewhere();
    return test.cache().decide(train().build());
  }

  @Test
  void kindsOfDecisions() {
    assertThat(hit()).isHit().hasReason(Reason.ENTRY_FOUND).hasOutputs(auc(0.5));
    assertThat(miss()).isMiss().hasReason(Reason.NO_ENTRY);
    assertThat(inFlight()).isInFlight().hasReason(Reason.RUNNING_ELSEWHERE);
    assertThat(off()).isBypass().bypassedBecause(Reason.CACHING_OFF);
    CacheDecision hit = test.cache().decide(train().input("rate", 0.01).build());
    assertThat(hit).hasKey(hit.subject().key().toString());
  }

  @Test
  void aMissThatWasExpectedToBeAHitSaysWhyItIsNone() {
    assertThatThrownBy(() -> assertThat(miss()).isHit())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected a hit, but the decision is")
        .hasMessageContaining("MISS train: input \"rate\" changed since an earlier run")
        .hasMessageContaining("input \"rate\" changed: 0.01 -> 0.02")
        .hasMessageContaining("everything else is the same");
  }

  @Test
  void eachOtherKindSaysWhatThereIsInstead() {
    for (UnaryOperator<DecisionAssert> wrong :
        List.<UnaryOperator<DecisionAssert>>of(
            DecisionAssert::isMiss,
            DecisionAssert::isInFlight,
            DecisionAssert::isBypass,
            it -> it.hasReason(Reason.RUN_BY_ANOTHER),
            it -> it.hasOutputs(auc(0.75)),
            it -> it.hasKey("k1:none"))) {
      try (TestCache another = TestCache.inMemory(UnaryOperator.identity())) {
        another.given(train().build()).returns(auc(0.5));
        CacheDecision hit = another.cache().decide(train().build());
        assertThatThrownBy(() -> wrong.apply(assertThat(hit)))
            .isInstanceOf(AssertionError.class)
            .hasMessageStartingWith("Expected ")
            .hasMessageContaining("HIT train: the store has an entry under this key");
      }
    }
    assertThatThrownBy(() -> assertThat(off()).isHit())
        .hasMessageContaining("mode = OFF (TASK, the request)");
  }

  @Test
  void missedBecauseNamesWhatDiffers() {
    assertThat(miss())
        .missedBecause(Reason.NO_ENTRY)
        .missedBecause(Reason.INPUT_CHANGED)
        .missedBecause(Reason.INPUT_CHANGED, "rate");
  }

  @Test
  void missedBecauseOfAnotherReasonOrPlaceSaysBoth() {
    CacheDecision miss = miss();

    assertThatThrownBy(() -> assertThat(miss).missedBecause(Reason.VERSION_CHANGED))
        .hasMessageContaining("Expected a miss because of VERSION_CHANGED")
        .hasMessageContaining("input \"rate\" changed");
    assertThatThrownBy(() -> assertThat(miss).missedBecause(Reason.INPUT_CHANGED, "seed"))
        .hasMessageContaining("INPUT_CHANGED in [seed] and nowhere else")
        .hasMessageContaining("input \"rate\" changed");
    assertThatThrownBy(() -> assertThat(miss).missedBecause(Reason.INPUT_CHANGED, "rate", "seed"))
        .hasMessageContaining("in [rate, seed]");
  }

  @Test
  void aPlaceStandsForAllInsideItAndMustNotLeaveOthersOut() {
    Map<String, ?> before = Map.of("a", 1, "b", Map.of("c", 1));
    Map<String, ?> after = Map.of("a", 2, "b", Map.of("c", 2));
    test.given(train().input("config", before).input("x", 1).build()).returns(auc(0.5));
    CacheDecision miss = test.cache().decide(train().input("config", after).input("x", 2).build());

    assertThat(miss).missedBecause(Reason.INPUT_CHANGED, "config", "x");
    assertThat(miss).missedBecause(Reason.INPUT_CHANGED, "config.a", "config.b.c", "x");
    assertThatThrownBy(() -> assertThat(miss).missedBecause(Reason.INPUT_CHANGED, "config"))
        .hasMessageContaining("and nowhere else")
        .hasMessageContaining("input \"x\" changed");
  }

  @Test
  void outcomesAreAssertedByTheirDecisions() throws Exception {
    assertThat(test.cache().getOrRun(train().build(), () -> auc(1)))
        .missedBecause(Reason.NO_EARLIER_RESULT);
    assertThat(test.cache().getOrRun(train().build(), () -> auc(2))).isHit().hasOutputs(auc(1));
  }
}
