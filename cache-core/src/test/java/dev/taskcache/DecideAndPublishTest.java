package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Earlier;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.ResultType;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The face for engines whose driver and worker are different processes. */
class DecideAndPublishTest {
  private static final Duration LEASE = Duration.ofMinutes(10);
  private static final Outputs OUTPUTS = Outputs.of(Map.of("auc", 0.5));

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final TaskCache driver = cache();
  private final TaskCache worker = cache();

  private TaskCache cache() {
    return TaskCache.builder(store).clock(clock).leaseRenewedByCaller(LEASE).build();
  }

  private LeaseToken claim(TaskCache cache) {
    return ((CacheDecision.Miss) cache.decide(Requests.named(1))).token().orElseThrow();
  }

  @Test
  void aWorkerPublishesWithTheTokenThatTheDriverSentItAsText() {
    String text = claim(driver).encode();
    clock.advance(Duration.ofSeconds(90));

    WriteOutcome outcome = worker.publish(LeaseToken.parse(text), OUTPUTS);

    CacheEntry entry = ((WriteOutcome.Stored) outcome).entry();
    assertThat(entry.header().duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(entry.header().producer().run()).isEqualTo("7");
    CacheDecision.Hit hit = (CacheDecision.Hit) driver.decide(Requests.named(1));
    assertThat(hit.entry()).contains(entry);
  }

  @Test
  void aTokenComesBackFromItsTextAndDoesNotShowItselfOtherwise() {
    LeaseToken token = claim(driver);

    assertThat(LeaseToken.parse(token.encode())).isEqualTo(token);
    assertThat(token.toString()).doesNotContain(token.lease().owner());
  }

  @Test
  void aDamagedOrForeignTokenIsRefused() {
    String text = claim(driver).encode();

    for (String broken :
        List.of("", "tl2." + text.substring(4), text.substring(0, text.length() - 9), "tl1.!!")) {
      assertThatThrownBy(() -> LeaseToken.parse(broken))
          .as(broken)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("token");
    }
  }

  @Test
  void bothFacesStoreTheSameEntryUnderTheSameKey() throws Exception {
    Outcome<Outputs> oneCall = cache().getOrRun(Requests.named(1), () -> OUTPUTS);
    CacheEntry first = ((WriteOutcome.Stored) oneCall.write()).entry();

    CacheStore other = new InMemoryStore();
    TaskCache elsewhere = TaskCache.builder(other).build();
    LeaseToken token =
        ((CacheDecision.Miss) elsewhere.decide(Requests.named(1))).token().orElseThrow();
    CacheEntry second = ((WriteOutcome.Stored) elsewhere.publish(token, OUTPUTS)).entry();

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.outputs()).isEqualTo(first.outputs());
    assertThat(second.header().digest()).isEqualTo(first.header().digest());
    assertThat(other.summary(second.id()).map(Earlier::parts))
        .isEqualTo(store.summary(first.id()).map(Earlier::parts));
  }

  @Test
  void anAbandonedLeaseGoesToTheNextCaller() {
    LeaseToken token = claim(driver);
    assertThat(worker.decide(Requests.named(1)).reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);

    assertThat(driver.abandon(token)).isTrue();

    assertThat(claim(worker).lease().fence()).isGreaterThan(token.lease().fence());
    assertThat(driver.renew(token)).isFalse();
  }

  @Test
  void aRenewedLeaseKeepsOthersOutAndADeadOwnersDoesNot() {
    LeaseToken token = claim(driver);
    clock.advance(LEASE.minusSeconds(1));
    assertThat(worker.renew(token)).isTrue();
    clock.advance(LEASE.minusSeconds(1));
    assertThat(worker.decide(Requests.named(1)).reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
    clock.advance(Duration.ofSeconds(1));

    LeaseToken taken = claim(worker);

    assertThat(driver.publish(token, OUTPUTS)).isInstanceOf(WriteOutcome.Superseded.class);
    CacheEntry stored = ((WriteOutcome.Stored) worker.publish(taken, OUTPUTS)).entry();
    assertThat(driver.publish(token, Outputs.of(Map.of("auc", 0.1))))
        .isEqualTo(new WriteOutcome.AlreadyStored(stored));
  }

  @Test
  void awaitGivesInFlightWhenTheTimeIsOver() throws Exception {
    claim(driver);

    assertThat(worker.await(Requests.named(1), Duration.ofMillis(1)).reason())
        .isEqualTo(Reason.RUNNING_ELSEWHERE);
  }

  @Test
  void awaitTakesOverFromAnOwnerThatGaveUp() throws Exception {
    LeaseToken token = claim(driver);
    Thread owner = new Thread(() -> driver.abandon(token));
    owner.start();

    CacheDecision decision = worker.await(Requests.named(1), Duration.ofMinutes(1));
    owner.join();

    assertThat(((CacheDecision.Miss) decision).token()).isPresent();
  }

  @Test
  void aPlanTellsWhatWouldHappenAndClaimsNothing() {
    driver.publish(claim(driver), OUTPUTS);
    worker.decide(Requests.named(2));
    TaskRequest tagged =
        TaskRequest.builder(
                ComponentSpec.builder().name("x").image(ImageRef.parse("python:3.11")).build())
            .build();

    List<CacheDecision> plan =
        driver.plan(List.of(Requests.named(3), tagged, Requests.named(1), Requests.named(2)));

    assertThat(plan)
        .extracting(CacheDecision::reason)
        .containsExactly(
            Reason.NO_ENTRY,
            Reason.IMAGE_NOT_RESOLVED,
            Reason.ENTRY_FOUND,
            Reason.RUNNING_ELSEWHERE);
    assertThat(((CacheDecision.Miss) plan.get(0)).token()).isEmpty();
    assertThat(worker.decide(Requests.named(3)).reason()).isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void aPlanWithAStoreThatIsDownIsAllMisses() {
    FailingStore down = new FailingStore();
    down.failing.add(FailingStore.Call.FIND_ALL);

    assertThat(TaskCache.builder(down).build().plan(List.of(Requests.named(1))))
        .extracting(CacheDecision::reason)
        .containsExactly(Reason.STORE_FAILED);
  }

  @Test
  void anEntryThatCannotBeReadAsTheTypeIsReplacedInStepsToo() throws Exception {
    record Small(short number) {}
    record Large(long number) {}
    ResultType<Small> small = ResultType.of(Small.class);
    TaskRequest request = Requests.train(1);
    driver.getOrRun(request, Large.class, () -> new Large(1L << 40));
    assertThat(driver.decide(request, ResultType.of(Large.class)).reason())
        .isEqualTo(Reason.ENTRY_FOUND);

    CacheDecision.Miss miss = (CacheDecision.Miss) driver.decide(request, small);

    assertThat(miss.reason()).isEqualTo(Reason.ENTRY_UNREADABLE);
    assertThat(miss.message()).contains("1099511627776");
    Outputs outputs = new Outputs(small.encode(new Small((short) 5)));
    assertThat(worker.publish(miss.token().orElseThrow(), outputs))
        .isInstanceOf(WriteOutcome.Stored.class);
    assertThat(driver.getOrRun(request, Small.class, () -> new Small((short) 6)).value())
        .isEqualTo(new Small((short) 5));
  }
}
