package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taskcache.explain.Difference;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.KeyPart;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.testing.RecordingListener;
import dev.taskcache.testing.SettableClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A miss says what differs from the nearest earlier result. */
class ExplanationsTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);
  private static final String OTHER_DIGEST = "sha256:" + "cd".repeat(32);

  private final SettableClock clock = new SettableClock();
  private final RecordingListener listener = new RecordingListener();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final TaskCache cache =
      TaskCache.builder(store).clock(clock).keepInputValues().listener(listener).build();

  private static TaskRequest.Builder train(String run) {
    return TaskRequest.builder(ComponentSpec.named("train-model"))
        .version("1")
        .identity(new TaskIdentity("p", run, "train-model"))
        .input("epochs", 20);
  }

  private CacheDecision run(TaskRequest request) throws InterruptedException {
    return cache.getOrRun(request, String.class, () -> "model").decision();
  }

  private Explanation explained(TaskRequest request) throws InterruptedException {
    CacheDecision decision = run(request);
    assertThat(decision.reason()).isEqualTo(Reason.NO_ENTRY);
    Explanation explanation = ((CacheDecision.Miss) decision).explanation();
    assertThat(listener.decisions())
        .last()
        .extracting(each -> each.explanation())
        .isSameAs(explanation);
    return explanation;
  }

  @Test
  void aChangedInputIsNamedWithBothValuesAndTheRun() throws Exception {
    run(train("7").input("learning_rate", 0.01).build());
    clock.advance(Duration.ofHours(2));

    CacheDecision decision = run(train("8").input("learning_rate", 0.02).build());

    assertThat(decision.toString())
        .startsWith(
            "MISS train-model: input \"learning_rate\" changed since run 7 (2 h ago): 0.01 -> 0.02;"
                + " everything else is the same. (INPUT_CHANGED, k1:");
  }

  @Test
  void withoutKeptValuesOnlyDigestsAreShown() throws Exception {
    TaskCache discreet = TaskCache.builder(store).clock(clock).build();
    discreet.getOrRun(train("7").input("password", "hunter2").build(), String.class, () -> "m");
    CacheDecision decision =
        discreet
            .getOrRun(train("8").input("password", "hunter3").build(), String.class, () -> "m")
            .decision();

    assertThat(decision.toString()).contains("input \"password\" changed").doesNotContain("hunter");
  }

  @Test
  void aSecretsVersionCountsAndIsNeverShownAsAValue() throws Exception {
    run(train("7").input("db", new InputValue.Secret("db", "version-one")).build());
    Explanation explanation =
        explained(train("8").input("db", new InputValue.Secret("db", "version-two")).build());

    assertThat(explanation.reason()).isEqualTo(Reason.INPUT_CHANGED);
    assertThat(explanation.toString()).doesNotContain("version-");
    assertThat(explanation.toJson()).doesNotContain("version-");
  }

  @Test
  void nestedValuesAreComparedInside() throws Exception {
    run(train("7").input("config", config(64, 32)).build());

    Explanation explanation = explained(train("8").input("config", config(64, 16)).build());

    assertThat(explanation.differences())
        .extracting(Difference::toString)
        .containsExactly("input \"config.layers[1].units\" changed: 32 -> 16");
  }

  private static Map<String, Object> config(int... units) {
    return Map.of("layers", Arrays.stream(units).mapToObj(each -> Map.of("units", each)).toList());
  }

  @Test
  void addedAndRemovedInputsAreSaidToBeThat() throws Exception {
    run(train("7").input("old", 1).build());

    Explanation explanation = explained(train("8").input("new", "x").build());

    assertThat(explanation.differences())
        .extracting(Difference::toString)
        .containsExactlyInAnyOrder("input \"new\" added: \"x\"", "input \"old\" removed: 1");
    assertThat(explanation.toString()).contains("2 differences since run 7 (just now)");
  }

  @Test
  void largeValuesAreSummarised() throws Exception {
    run(train("7").input("text", "a".repeat(100_000)).build());

    assertThat(explained(train("8").input("text", "b".repeat(100_000)).build()).toString())
        .contains("\"bbbb")
        .contains("(100005 bytes)")
        .hasSizeLessThan(400);
  }

  @Test
  void eachPartHasItsReason() throws Exception {
    run(train("1").build());
    assertThat(explained(train("2").version("2").build()).reason())
        .isEqualTo(Reason.VERSION_CHANGED);
    assertThat(explained(train("3").policy("code", "v2").build()).toString())
        .contains("policy \"code\" added");
    assertThat(explained(train("4").policy("code", "v3").build()).reason())
        .isEqualTo(Reason.POLICY_CHANGED);
    run(train("5").customKey("a").build());
    assertThat(explained(train("6").customKey("b").build()).reason())
        .isEqualTo(Reason.CUSTOM_KEY_CHANGED);
  }

  @Test
  void aChangedImageAndCommandAreNamed() throws Exception {
    run(component(DIGEST, "train.py"));
    assertThat(explained(component(OTHER_DIGEST, "train.py")))
        .hasToString(
            "image changed since an earlier run (just now): sha256:ababa... -> sha256:cdcdc...;"
                + " everything else is the same");
    Explanation command = explained(component(OTHER_DIGEST, "other.py"));
    assertThat(command.reason()).isEqualTo(Reason.COMPONENT_CHANGED);
    assertThat(command.toString()).startsWith("component \"command[1]\" changed");
  }

  private static TaskRequest component(String digest, String script) {
    return TaskRequest.builder(
            ComponentSpec.builder()
                .label("train")
                .command(List.of("python", script))
                .image(ImageRef.parse("python@" + digest))
                .build())
        .build();
  }

  record Row(int a) {}

  record Report(List<Row> rows) {}

  @Test
  void aFieldAddedToARecordInsideTheResultTypeIsNamed() throws Exception {
    cache.getOrRun(train("7").build(), Report.class, () -> new Report(List.of(new Row(1))));

    Explanation explanation = laterReport();

    assertThat(explanation.reason()).isEqualTo(Reason.OUTPUT_SCHEMA_CHANGED);
    assertThat(explanation.differences())
        .extracting(Difference::place)
        .containsExactly("Report.rows[].b");
  }

  /** A later version of the program, where Row has a second component. */
  private Explanation laterReport() throws InterruptedException {
    record Row(int a, int b) {}
    record Report(List<Row> rows) {}
    CacheDecision decision =
        cache.getOrRun(train("8").build(), Report.class, () -> new Report(List.of())).decision();
    return ((CacheDecision.Miss) decision).explanation();
  }

  @Test
  void theNearestOfThreeEarlierResultsIsFoundAndItsRunNamed() throws Exception {
    run(train("first").version("0").input("rate", 1).build());
    clock.advance(Duration.ofMinutes(1));
    run(train("middle").input("rate", 2).build());
    clock.advance(Duration.ofMinutes(1));
    run(train("last").version("2").input("rate", 3).build());

    Explanation explanation = explained(train("now").input("rate", 4).build());

    assertThat(explanation.earlier().orElseThrow().producer().run()).isEqualTo("middle");
    assertThat(explanation.toString()).contains("since run middle (1 min ago): 2 -> 4");
  }

  @Test
  void ofEquallyNearOnesTheNewestIsTaken() throws Exception {
    for (int rate = 1; rate <= 3; rate++) {
      run(train("run" + rate).input("rate", rate).build());
      clock.advance(Duration.ofMinutes(1));
    }

    assertThat(explained(train("now").input("rate", 9).build()).toString()).contains("run run3");
    assertThat(cache.explanations().explainAgainst(named("rate", 9), "run1").toString())
        .contains("run run1");
  }

  private static TaskRequest named(String input, Object value) {
    return train("now").input(input, value).build();
  }

  @Test
  void theFirstResultOfAComponentHasNothingToBeComparedWith() throws Exception {
    assertThat(explained(train("7").build()).reason()).isEqualTo(Reason.NO_EARLIER_RESULT);
  }

  @Test
  void theStoreIsAskedOnceAndOnlyWhenSomebodyReads() throws Exception {
    FailingStore counting = new FailingStore();
    TaskCache quiet = TaskCache.builder(counting).build();
    CacheDecision.Miss miss =
        (CacheDecision.Miss) quiet.getOrRun(train("7").build(), String.class, () -> "m").decision();
    CacheDecision hit = quiet.getOrRun(train("8").build(), String.class, () -> "m").decision();
    assertThat(hit.toString()).startsWith("HIT");
    assertThat(counting.calls).doesNotContainKey(FailingStore.Call.EARLIER);

    assertThat(miss.toString()).isEqualTo(miss.toString());
    assertThat(counting.calls).containsEntry(FailingStore.Call.EARLIER, 1);
  }

  @Test
  void aStoreThatCannotBeAskedMakesTheExplanationSayThat() throws Exception {
    FailingStore failing = new FailingStore();
    failing.failing.add(FailingStore.Call.EARLIER);
    CacheDecision decision =
        TaskCache.builder(failing)
            .build()
            .getOrRun(train("7").build(), String.class, () -> "m")
            .decision();

    assertThat(decision.toString()).contains("could not be looked up").contains("down");
  }

  @Test
  void explainAndDiffWorkOnRequestsAndEntries() throws Exception {
    TaskRequest first = train("7").input("rate", 1).build();
    TaskRequest second = train("8").input("rate", 2).build();
    cache.getOrRun(first, () -> Outputs.NONE);

    assertThat(cache.explanations().explain(first).reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(cache.explanations().explain(second).reason()).isEqualTo(Reason.INPUT_CHANGED);
    assertThat(cache.explanations().explainAgainst(second, "no such run").reason())
        .isEqualTo(Reason.NO_EARLIER_RESULT);
    assertThat(cache.explanations().diff(first, second))
        .extracting(Difference::what)
        .containsExactly("input \"rate\"");
    assertThat(cache.explanations().diff(first, first)).isEmpty();
    cache.getOrRun(second, () -> Outputs.NONE);
    assertThat(cache.explanations().diff(id(first), id(second)))
        .extracting(Difference::part)
        .containsExactly(KeyPart.INPUTS);
  }

  private static EntryId id(TaskRequest request) {
    return new EntryId(request.namespace(), request.key(ImageDigestResolver.NONE).key());
  }

  @Test
  void theJsonFormSaysTheSame() throws Exception {
    run(train("7").input("rate", 1).build());
    Explanation explanation = explained(train("8").input("rate", 2).build());

    JsonNode json = new ObjectMapper().readTree(explanation.toJson());

    assertThat(json.get("reason").asText()).isEqualTo("INPUT_CHANGED");
    assertThat(json.get("earlier").get("run").asText()).isEqualTo("7");
    JsonNode difference = json.get("differences").get(0);
    assertThat(difference.get("place").asText()).isEqualTo("rate");
    assertThat(difference.get("valueBefore").asText()).isEqualTo("1");
    assertThat(difference.get("valueAfter").asText()).isEqualTo("2");
    assertThat(difference.get("before").asText()).matches("[0-9a-f]{16}");
  }
}
