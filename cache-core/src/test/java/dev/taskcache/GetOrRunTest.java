package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.ResultType;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GetOrRunTest {
  record Row(String name, int count) {}

  record Report(List<Row> rows, Optional<String> note, Instant at) {}

  record OtherReport(List<Row> rows, Optional<String> note) {}

  private static final Report REPORT =
      new Report(List.of(new Row("a", 1)), Optional.empty(), Instant.parse("2026-01-02T03:04:05Z"));

  private final AtomicInteger runs = new AtomicInteger();
  private final InMemoryStore store = new InMemoryStore();
  private final TaskCache cache = TaskCache.builder(store).build();

  @Test
  void theFirstCallRunsTheTaskAndTheSecondReturnsAnEqualResult() throws Exception {
    Outcome<Report> first = cache.getOrRun(Requests.train(3), Report.class, this::report);
    Outcome<Report> second = cache.getOrRun(Requests.train(3), Report.class, this::report);

    assertThat(runs).hasValue(1);
    assertThat(first.value()).isEqualTo(REPORT);
    assertThat(first.decision()).isInstanceOf(CacheDecision.Miss.class);
    assertThat(first.write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(second.value()).isEqualTo(REPORT).isNotSameAs(REPORT);
    assertThat(second.decision()).isInstanceOf(CacheDecision.Hit.class);
    assertThat(second.write()).isInstanceOf(WriteOutcome.NotAttempted.class);
  }

  private Report report() {
    runs.incrementAndGet();
    return REPORT;
  }

  @Test
  void theEntryTellsWhoMadeItFromWhatAndHowLargeItIs() throws Exception {
    Outcome<Report> outcome = cache.getOrRun(Requests.train(3), Report.class, this::report);

    EntryHeader result = ((WriteOutcome.Stored) outcome.write()).entry().header();
    assertThat(result.producer()).isEqualTo(new TaskIdentity("pipeline", "7", "train"));
    assertThat(result.component()).isEqualTo("train");
    assertThat(store.summary(result.id()).orElseThrow().parts().places(KeyPart.INPUTS))
        .containsOnlyKeys("epochs");
    assertThat(result.digest()).matches("[0-9a-f]{64}");
    assertThat(result.bytes()).isPositive();
  }

  @Test
  void otherInputsVersionsNamespacesAndResultTypesRunAgain() throws Exception {
    cache.getOrRun(Requests.train(3), Report.class, this::report);

    cache.getOrRun(Requests.train(4), Report.class, this::report);
    cache.getOrRun(
        Requests.train().input("epochs", 3).version("2").build(), Report.class, this::report);
    cache.getOrRun(
        Requests.train().input("epochs", 3).namespace("b").build(), Report.class, this::report);
    assertThat(runs).hasValue(4);
    Outcome<OtherReport> other =
        cache.getOrRun(
            Requests.train(3),
            OtherReport.class,
            () -> new OtherReport(List.of(), Optional.of("n")));
    assertThat(other.decision().reason()).isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void aResultOfAGenericTypeComesBackAsThatType() throws Exception {
    ResultType<Map<String, List<Row>>> type =
        ResultType.of(
            new com.google.common.reflect.TypeToken<Map<String, List<Row>>>() {}.getType());
    Map<String, List<Row>> rows = Map.of("x", List.of(new Row("a", 1)));

    cache.getOrRun(Requests.train(3), type, () -> rows);
    Outcome<Map<String, List<Row>>> hit = cache.getOrRun(Requests.train(3), type, () -> Map.of());

    assertThat(hit.value()).isEqualTo(rows);
  }

  @Test
  void namedOutputsComeBackByName() throws Exception {
    Outputs outputs = Outputs.of(Map.of("auc", 0.5));

    cache.getOrRun(Requests.named(3), () -> outputs);
    Outcome<Outputs> hit = cache.getOrRun(Requests.named(3), () -> Outputs.NONE);

    assertThat(hit.decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(hit.value()).isEqualTo(outputs);
  }

  @Test
  void aTaskWithoutOutputsIsCachedLikeAnyOther() throws Exception {
    for (int call = 0; call < 3; call++) {
      cache.getOrRun(Requests.train(3), () -> counted(Outputs.NONE));
      cache.getOrRun(Requests.train(4), Void.class, () -> counted(null));
    }

    assertThat(runs).hasValue(2);
  }

  private <T> T counted(T result) {
    runs.incrementAndGet();
    return result;
  }

  @Test
  void aNullResultIsAResult() throws Exception {
    cache.getOrRun(Requests.train(3), String.class, () -> counted(null));
    Outcome<String> hit = cache.getOrRun(Requests.train(3), String.class, () -> counted("x"));

    assertThat(hit.value()).isNull();
    assertThat(runs).hasValue(1);
  }

  @Test
  void aTaskThatThrowsGivesItsOwnExceptionAndRunsAgainNextTime() throws Exception {
    IOException failure = new IOException("disk");

    assertThatThrownBy(
            () ->
                cache.getOrRun(
                    Requests.train(3),
                    String.class,
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);

    Outcome<String> next = cache.getOrRun(Requests.train(3), String.class, () -> "ok");
    assertThat(next.decision().reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(next.value()).isEqualTo("ok");
  }

  @Test
  void aTypeWithoutASchemaIsRefusedBeforeTheTaskRuns() {
    assertThatThrownBy(
            () -> cache.getOrRun(Requests.train(3), Thread.class, () -> counted(new Thread())))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Thread");
    assertThat(runs).hasValue(0);
  }

  @Test
  void aRequestThatNothingIdentifiesIsRefusedWithWhatToGive() {
    TaskRequest.Builder request =
        TaskRequest.builder(dev.taskcache.key.ComponentSpec.named("train")).input("epochs", 3);

    assertThatThrownBy(request::build)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("image")
        .hasMessageContaining("version")
        .hasMessageContaining("policy");
  }
}
