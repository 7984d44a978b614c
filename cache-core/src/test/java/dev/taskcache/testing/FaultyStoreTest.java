package dev.taskcache.testing;

import static dev.taskcache.testing.Samples.auc;
import static dev.taskcache.testing.Samples.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.Outcome;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.StoreException;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.FaultyStore.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that goes wrong on demand: each way, and that it goes well otherwise. */
class FaultyStoreTest {
  private final TestCache test = TestCache.inMemory(UnaryOperator.identity());
  private final FaultyStore store = test.store();
  private int runs;

  @AfterEach
  void close() {
    test.close();
  }

  private Outcome<Outputs> ask() throws InterruptedException {
    return test.cache().getOrRun(train().build(), () -> auc(++runs));
  }

  @Test
  void withoutRulesItIsTheRealStoreAndCounts() throws Exception {
    ask();
    assertThat(ask().decision().reason()).isEqualTo(Reason.ENTRY_FOUND);

    assertThat(store.count(Call.FIND)).isEqualTo(2);
    assertThat(store.count(Call.CLAIM)).isEqualTo(1);
    assertThat(store.count(Call.PUBLISH)).isEqualTo(1);
    assertThat(store.count(Call.USED)).isEqualTo(1);
    assertThat(store.count(Call.PURGE)).isZero();
  }

  @Test
  void callsFailUntilItIsHealed() throws Exception {
    store.on(Call.FIND).fail();

    assertThat(ask().decision().reason()).isEqualTo(Reason.STORE_FAILED);
    assertThat(ask().decision().message()).contains("FIND failed on demand (seed ");
    store.heal();
    assertThat(ask().decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void onlyTheNextCallsFail() throws Exception {
    store.on(Call.FIND).next(2).fail();

    assertThat(ask().decision().reason()).isEqualTo(Reason.STORE_FAILED);
    assertThat(ask().decision().reason()).isEqualTo(Reason.STORE_FAILED);
    assertThat(ask().decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void everyCallFailsWhereNoneIsNamed() {
    store.on().fail();
    EntryId id = new EntryId("default", train().build().key(ImageDigestResolver.NONE).key());

    assertThatThrownBy(() -> store.find(id)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.findAll(List.of(id))).hasMessageContaining("FIND_ALL");
    assertThatThrownBy(() -> store.summary(id)).hasMessageContaining("SUMMARY");
    assertThatThrownBy(() -> store.earlier("n", "c", 1)).hasMessageContaining("EARLIER");
    assertThatThrownBy(() -> store.abandonAll("n", "r")).hasMessageContaining("ABANDON_ALL");
    assertThatThrownBy(() -> store.await(id, 1, Duration.ZERO)).hasMessageContaining("AWAIT");
    assertThatThrownBy(() -> store.used(id)).hasMessageContaining("USED");
  }

  @Test
  void aReplyIsLostAndTheResultIsThere() throws Exception {
    store.on(Call.PUBLISH).next(1).loseReply();

    assertThat(((WriteOutcome.StoreFailed) ask().write()).message())
        .contains("the reply to PUBLISH was lost on demand");
    assertThat(ask().decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void aResultIsLostAlthoughItWasSaidToBeStored() throws Exception {
    store.on(Call.PUBLISH).next(1).lose();

    WriteOutcome.Stored stored = (WriteOutcome.Stored) ask().write();
    assertThat(stored.entry().createdAt()).isEqualTo(test.clock().instant());
    Outcome<Outputs> again = ask();
    assertThat(again.decision().reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(again.write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(ask().value()).isEqualTo(auc(2));
  }

  @Test
  void aLookDoesNotSeeWhatIsThere() throws Exception {
    ask();
    store.on(Call.FIND_ALL).next(1).lose();

    assertThat(test.cache().plan(List.of(train().build())).get(0).reason())
        .isEqualTo(Reason.NO_ENTRY);
    assertThat(test.cache().plan(List.of(train().build())).get(0).reason())
        .isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void anEntryIsFoundDamagedAndReplaced() throws Exception {
    ask();
    store.on(Call.FIND).next(1).corrupt();

    Outcome<Outputs> outcome = ask();

    assertThat(outcome.decision().reason()).isEqualTo(Reason.ENTRY_DAMAGED);
    assertThat(outcome.decision().message()).contains("corrupted on demand");
    assertThat(ask().value()).isEqualTo(auc(2));
  }

  @Test
  void aDelayTakesTheClocksTimeAndNotTheTests() throws Exception {
    Instant before = test.clock().instant();
    store.on(Call.PUBLISH).delay(Duration.ofHours(3));

    ask();

    assertThat(test.clock().instant()).isEqualTo(before.plus(Duration.ofHours(3)));
  }

  @Test
  void callsAreHeldUntilTheGateOpens() throws Exception {
    Gate gate = store.on(Call.PUBLISH).hold();
    try (Threads threads = new Threads(1)) {
      Future<Outcome<Outputs>> held = threads.run(this::ask);
      gate.awaitCall();
      assertThat(held.isDone()).isFalse();
      assertThat(test.newCache(UnaryOperator.identity()).decide(train().build()).reason())
          .isEqualTo(Reason.RUNNING_ELSEWHERE);

      gate.open();

      assertThat(held.get(60, TimeUnit.SECONDS).write()).isInstanceOf(WriteOutcome.Stored.class);
    }
  }

  @Test
  void somethingHappensJustBeforeACall() throws Exception {
    store.on(Call.CLAIM).next(1).first(() -> test.given(train().build()).returns(auc(7)));

    Outcome<Outputs> outcome = ask();

    assertThat(outcome.decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(outcome.value()).isEqualTo(auc(7));
  }

  @Test
  void theSameSeedFailsTheSameCalls() {
    List<Boolean> first = failures(42);
    assertThat(failures(42)).isEqualTo(first);
    assertThat(failures(43)).isNotEqualTo(first);
    assertThat(first).contains(true, false);
  }

  private static List<Boolean> failures(long seed) {
    SettableClock clock = new SettableClock();
    FaultyStore faulty = new FaultyStore(new InMemoryStore(clock), clock, seed);
    faulty.on(Call.EARLIER).withChance(0.5).fail();
    return IntStream.range(0, 64).mapToObj(i -> fails(faulty, seed)).toList();
  }

  private static boolean fails(FaultyStore faulty, long seed) {
    try {
      faulty.earlier("default", "train", 1);
      return false;
    } catch (StoreException e) {
      assertThat(e).hasMessageContaining("(seed " + seed + ")");
      return true;
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> store.on(Call.CLAIM).corrupt())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nothing to corrupt in [CLAIM]");
    assertThatThrownBy(() -> store.on(Call.RENEW).lose()).hasMessageContaining("lose in [RENEW]");
    assertThatThrownBy(() -> store.on().next(0)).hasMessageContaining("one or more");
    assertThatThrownBy(() -> store.on().withChance(1.5)).hasMessageContaining("between 0 and 1");
  }
}
