package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.ResultPublisher;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Results that are published by what the host gives, for instance inside its own transaction. */
class HostTransactionTest {
  private static final Outputs OUTPUTS = Outputs.of(Map.of("auc", 0.5));

  private final FailingStore store = new FailingStore();
  private final TaskCache cache =
      TaskCache.builder(store).entriesExpireAfter(Duration.ofDays(1)).build();
  private final LeaseToken token =
      ((CacheDecision.Miss) cache.decide(Requests.named(1))).token().orElseThrow();
  private final List<NewEntry> published = new ArrayList<>();

  private WriteOutcome.Published inTransaction(Lease lease, NewEntry result) {
    published.add(result);
    return store.publish(lease, result);
  }

  @Test
  void theResultGoesThroughTheHostsPublisherAlone() {
    WriteOutcome outcome = cache.publish(token, OUTPUTS, this::inTransaction);

    assertThat(outcome).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(published).hasSize(1);
    assertThat(published.get(0).outputs()).isEqualTo(OUTPUTS);
    assertThat(published.get(0).lifetime()).isEqualTo(Duration.ofDays(1));
    assertThat(store.count(FailingStore.Call.PUBLISH)).isEqualTo(1);
    assertThat(cache.decide(Requests.named(1)).reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void outputsThatCannotBeStoredNeverReachIt() {
    WriteOutcome outcome =
        cache.publish(token, Outputs.of(Map.of("auc", "high")), this::inTransaction);

    assertThat(outcome).isInstanceOf(WriteOutcome.NotEncodable.class);
    assertThat(published).isEmpty();
    assertThat(cache.decide(Requests.named(1)).reason()).isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void aTransactionThatFailedLeavesTheLeaseToItsOwnerWithoutWaitingForTheRow() {
    ResultPublisher failing =
        (lease, result) -> {
          throw new IllegalStateException("the transaction is aborted");
        };

    WriteOutcome outcome = cache.publish(token, OUTPUTS, failing);

    assertThat(((WriteOutcome.StoreFailed) outcome).message()).contains("is aborted");
    assertThat(store.count(FailingStore.Call.ABANDON)).isZero();
    assertThat(cache.publish(token, OUTPUTS, this::inTransaction))
        .isInstanceOf(WriteOutcome.Stored.class);
    TaskCache strict = TaskCache.builder(store).strict().build();
    assertThatThrownBy(() -> strict.publish(token, OUTPUTS, failing))
        .isInstanceOf(IllegalStateException.class);
  }
}
