package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.EntryId;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.testing.Linearizability.Timed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That the checker accepts what can be, and refuses what cannot. */
class LinearizabilityTest {
  private static final String NOBODY = "nothing held by null as 0 invalidated by null";

  private final List<Timed<KeyCall>> history = new ArrayList<>();
  private long now;

  /** A call after all that were added before. */
  private LinearizabilityTest then(KeyCall call) {
    now += 10;
    history.add(new Timed<>(call, now, now + 1));
    return this;
  }

  /** A call that overlaps as many of those before, and of those after. */
  private LinearizabilityTest overlapping(int before, int after, KeyCall call) {
    now += 10;
    history.add(new Timed<>(call, now - 10L * before - 1, now + 10L * after + 2));
    return this;
  }

  private static KeyCall claim(String owner, long fence) {
    return new KeyCall.Claim(owner, 0, fence);
  }

  private static KeyCall publish(String owner, long fence, String answer) {
    return new KeyCall.Publish(owner, fence, "by " + owner, answer);
  }

  private static String entry(String owner, long fence) {
    return fence + " Text[value=by " + owner + "]";
  }

  private static KeyCall find(String answer) {
    return new KeyCall.Find(answer);
  }

  private static KeyCall findEntry(String owner, long fence) {
    return find(entry(owner, fence) + " held by null as 0 invalidated by null");
  }

  private Optional<String> problem() {
    Collections.shuffle(history, new Random(now));
    return Linearizability.problem(KeyState.EMPTY, KeyState::after, history);
  }

  private void isLegal() {
    assertThat(problem()).isEmpty();
  }

  private void isIllegal() {
    assertThat(problem()).isPresent();
  }

  @Test
  void noCallsAreLegal() {
    isLegal();
  }

  @Test
  void oneAfterAnotherIsLegal() {
    then(find(NOBODY))
        .then(claim("a", 5))
        .then(find("nothing held by a as 5 invalidated by null"))
        .then(claim("b", 0))
        .then(new KeyCall.Renew("a", 5, true))
        .then(publish("a", 5, "stored " + entry("a", 5)))
        .then(publish("a", 5, "stored " + entry("a", 5)))
        .then(findEntry("a", 5))
        .then(claim("b", 0))
        .then(new KeyCall.Claim("b", 5, 7))
        .then(new KeyCall.Claim("b", 5, 7))
        .then(find(entry("a", 5) + " held by b as 7 invalidated by null"))
        .then(new KeyCall.Invalidate("carl", 1))
        .then(new KeyCall.Invalidate("carl", 0))
        .then(find("nothing held by null as 0 invalidated by carl"))
        .then(publish("b", 7, "superseded by null"))
        .then(claim("d", 8))
        .then(publish("b", 7, "superseded by d"))
        .then(new KeyCall.Abandon("b", 7, false))
        .then(new KeyCall.Abandon("d", 8, true))
        .then(find("nothing held by null as 0 invalidated by carl"))
        .then(claim("e", 9))
        .then(publish("e", 9, "stored " + entry("e", 9)))
        .then(publish("b", 7, "already stored " + entry("e", 9)))
        .isLegal();
  }

  @Test
  void callsThatOverlapMayTakeEffectInAnotherOrderThanTheyBegan() {
    overlapping(0, 3, find(entry("a", 5) + " held by null as 0 invalidated by null"))
        .overlapping(0, 2, publish("a", 5, "stored " + entry("a", 5)))
        .overlapping(2, 0, claim("b", 0))
        .overlapping(2, 0, claim("a", 5))
        .isLegal();
  }

  @Test
  void whatEndedBeforeAnotherBeganComesFirst() {
    then(claim("a", 5))
        .then(find(NOBODY))
        .then(publish("a", 5, "stored " + entry("a", 5)))
        .isIllegal();
  }

  @Test
  void twoOwnersAtOnceAreIllegal() {
    then(claim("a", 5)).then(claim("b", 6)).isIllegal();
  }

  @Test
  void twoOwnersAtOnceAreIllegalHoweverTheyOverlap() {
    overlapping(0, 3, claim("a", 5)).overlapping(1, 2, claim("b", 6)).then(find(NOBODY));
    isIllegal();
  }

  @Test
  void twoOwnersWithoutOneEndBetweenAreLegalOnlyWithThatEnd() {
    overlapping(0, 9, claim("a", 5))
        .overlapping(0, 9, claim("b", 6))
        .overlapping(0, 9, new KeyCall.Abandon("b", 6, true));
    isIllegal();

    history.clear();
    overlapping(0, 9, claim("a", 5))
        .overlapping(0, 9, claim("b", 6))
        .overlapping(0, 9, new KeyCall.Abandon("a", 5, true));
    isLegal();
  }

  @Test
  void aLostPublishIsIllegal() {
    then(claim("a", 5))
        .then(publish("a", 5, "stored " + entry("a", 5)))
        .then(find(NOBODY))
        .isIllegal();
  }

  @Test
  void aPublishOfAnOwnerThatLostItsLeaseIsIllegal() {
    then(claim("a", 5))
        .then(new KeyCall.Invalidate("carl", 1))
        .then(publish("a", 5, "stored " + entry("a", 5)))
        .isIllegal();
  }

  @Test
  void aStalePublishOverANewerResultIsIllegal() {
    then(claim("a", 5))
        .then(new KeyCall.Invalidate("carl", 1))
        .then(claim("b", 6))
        .then(publish("b", 6, "stored " + entry("b", 6)))
        .then(publish("a", 5, "already stored " + entry("b", 6)))
        .then(findEntry("a", 5))
        .isIllegal();
  }

  @Test
  void anOldResultAfterANewerOneWasSeenIsIllegal() {
    then(claim("a", 5)).then(publish("a", 5, "stored " + entry("a", 5)));
    then(new KeyCall.Claim("b", 5, 6));
    overlapping(0, 5, publish("b", 6, "stored " + entry("b", 6)))
        .then(findEntry("b", 6))
        .then(find(entry("a", 5) + " held by b as 6 invalidated by null"))
        .isIllegal();
  }

  @Test
  void aFenceThatGoesBackIsIllegal() {
    then(claim("a", 5)).then(new KeyCall.Abandon("a", 5, true)).then(claim("b", 5)).isIllegal();
  }

  @Test
  void aRefusalWithoutAReasonIsIllegal() {
    then(claim("a", 0)).isIllegal();
  }

  @Test
  void anInvalidationThatMissesALeaseWhichEndsMeanwhileIsIllegal() {
    then(claim("a", 5));
    overlapping(0, 2, new KeyCall.Invalidate("carl", 0))
        .then(publish("a", 5, "stored " + entry("a", 5)));
    isIllegal();
  }

  @Test
  void callsWhoseOrderMattersToNothingAreNotTriedInEveryOrder() {
    for (int i = 0; i < 12; i++) {
      history.add(new Timed<>(find(NOBODY), i, 100));
    }
    history.add(new Timed<>(claim("a", 0), 101, 102));
    AtomicInteger steps = new AtomicInteger();

    assertThat(
            Linearizability.problem(
                KeyState.EMPTY,
                (state, call) -> {
                  steps.incrementAndGet();
                  return state.after(call);
                },
                history))
        .isPresent();

    assertThat(steps).hasValueLessThan(12 * (1 << 12) + 100);
  }

  @Test
  void aProblemNamesTheCallsThatHaveNoPlace() {
    then(claim("a", 5)).then(claim("b", 6));

    assertThat(problem().orElseThrow())
        .contains("Claim[owner=a, rejected=0, fence=5]\n    -> KeyState[fence=5, owner=a")
        .containsSubsequence("and then comes none of:", "Claim[owner=b, rejected=0, fence=6]");
  }

  /** Calls that a store answered one after another, with times around that moment at random. */
  private void answered(Random random, int calls, int width) {
    history.clear();
    InMemoryStore store = new InMemoryStore();
    EntryId id = StoreFixture.newId();
    List<KeyClient> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      clients.add(new KeyClient(store, id, "client " + i, random.nextLong()));
    }
    long[] free = new long[clients.size()];
    for (int i = 1; i <= calls; i++) {
      int client = random.nextInt(clients.size());
      long moment = 1_000L * i;
      long begun = Math.max(free[client] + 1, moment - random.nextInt(1_000 * width + 1));
      long ended = moment + random.nextInt(1_000 * width + 1);
      if (begun <= moment) {
        history.add(new Timed<>(clients.get(client).call(), begun, ended));
        free[client] = ended;
      }
    }
  }

  @Test
  void whatAStoreAnsweredIsLegalHoweverTheTimesOverlap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      answered(random, 100, 1 + i % 8);
      assertThat(history).hasSizeGreaterThan(20);
      assertThat(problem()).as("seed %d, history %d", seed, i).isEmpty();
    }
  }

  @Test
  void oneWrongAnswerAmongManyThatDoNotOverlapIsIllegal() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int wrong = 0;
    for (int i = 0; i < 200; i++) {
      answered(random, 60, 0);
      assertThat(problem()).as("seed %d, history %d", seed, i).isEmpty();
      int place = random.nextInt(history.size());
      Timed<KeyCall> right = history.get(place);
      history.set(place, new Timed<>(spoiled(right.call()), right.begun(), right.ended()));
      wrong += problem().isPresent() ? 1 : 0;
    }

    assertThat(wrong).as("seed %d", seed).isEqualTo(200);
  }

  /** An answer that no state of a store gives to that call after the same calls. */
  private static KeyCall spoiled(KeyCall call) {
    if (call instanceof KeyCall.Claim claim) {
      return new KeyCall.Claim(claim.owner(), claim.rejected(), claim.fence() == 0 ? 1 : 0);
    } else if (call instanceof KeyCall.Renew renew) {
      return new KeyCall.Renew(renew.owner(), renew.fence(), !renew.held());
    } else if (call instanceof KeyCall.Abandon abandon) {
      return new KeyCall.Abandon(abandon.owner(), abandon.fence(), !abandon.held());
    } else if (call instanceof KeyCall.Invalidate invalidate) {
      return new KeyCall.Invalidate(invalidate.by(), 1 - invalidate.hit());
    } else if (call instanceof KeyCall.Publish publish) {
      String other = publish.answer().startsWith("stored") ? "superseded by null" : "stored";
      return new KeyCall.Publish(publish.owner(), publish.fence(), publish.text(), other);
    }
    return find("nothing held by nobody as 0 invalidated by null");
  }
}
