package dev.taskcache.testing;

import static dev.taskcache.testing.Samples.auc;
import static dev.taskcache.testing.Samples.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.reflect.TypeToken;
import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ResultType;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What there is before a test asks, and a clock that entries age by. */
@ExtendWith(TaskCacheExtension.class)
class TestCacheTest {
  private record Report(String model) {}

  private static TaskRequest typed() {
    return TaskRequest.builder(ComponentSpec.named("report")).version("1").build();
  }

  @Test
  void aSeededResultIsAHitAndNobodyWasTold(TestCache test) throws Exception {
    test.given(train().build()).returns(auc(0.5));

    assertThat(test.events().decisions()).isEmpty();
    assertThat(test.cache().getOrRun(train().build(), () -> auc(1)).value()).isEqualTo(auc(0.5));
  }

  @Test
  void aTypedResultTakesItsSchemaFromItsType(TestCache test) throws Exception {
    test.given(typed()).returns(new Report("a"));

    assertThat(test.cache().getOrRun(typed(), Report.class, () -> new Report("b")).value())
        .isEqualTo(new Report("a"));
    assertThat(test.cache().decide(typed(), ResultType.of(Report.class)).reason())
        .isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void genericTypesAreNamed(TestCache test) throws Exception {
    ResultType<List<String>> texts = ResultType.of(new TypeToken<List<String>>() {}.getType());
    test.given(typed()).returns(texts, List.of("a"));

    assertThat(test.cache().getOrRun(typed(), texts, () -> List.of("b")).value())
        .containsExactly("a");
  }

  @Test
  void whatCannotBeSeededSaysWhy(TestCache test) {
    test.given(train().build()).returns(auc(0.5));
    assertThatThrownBy(() -> test.given(train().build()).returns(auc(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("nothing was seeded")
        .hasMessageContaining("HIT train");
    CachingOptions off = CachingOptions.builder().mode(Mode.OFF).build();
    assertThatThrownBy(() -> test.given(train().options(off).build()).returns(auc(1)))
        .hasMessageContaining("mode = OFF");
    assertThatThrownBy(() -> test.given(train().build()).runsElsewhere())
        .hasMessageContaining("nobody else can be running this: HIT train");
  }

  @Test
  void anotherProcessRunsIt(TestCache test) {
    LeaseToken token = test.given(train().build()).runsElsewhere();
    assertThat(test.cache().decide(train().build())).isInstanceOf(CacheDecision.InFlight.class);

    assertThat(test.cache().publish(token, auc(0.5))).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(test.cache().decide(train().build())).isInstanceOf(CacheDecision.Hit.class);
  }

  @Test
  void theClockMakesEntriesOlderAndEndsLeases(TestCache test) {
    test.given(train().build()).returns(auc(0.5));
    test.given(train().input("x", 1).build()).runsElsewhere();

    test.clock().advance(Duration.ofDays(8));

    CachingOptions week = CachingOptions.builder().maxAge(Duration.ofDays(7)).build();
    assertThat(test.cache().decide(train().options(week).build()).reason())
        .isEqualTo(Reason.ENTRY_TOO_OLD);
    assertThat(test.cache().decide(train().input("x", 1).build()).reason())
        .isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void theClockCanBeSet(SettableClock clock) {
    Instant then = Instant.parse("2030-05-06T07:08:09Z");

    clock.set(then);

    assertThat(clock.instant()).isEqualTo(then);
  }
}
