package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.LeftOut;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An explanation says what a key leaves out: a change of that is no miss. */
class LeftOutTest {
  private static final String CUSTOM = "a custom key stands for component and inputs";
  private static final String ALONE = "the inputs alone identify the task";
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  private final TaskCache cache = TaskCache.builder(new InMemoryStore()).build();

  private static ComponentSpec.Builder train() {
    return ComponentSpec.builder()
        .name("train")
        .command(List.of("python", "train.py"))
        .args(List.of("--fast"))
        .env(List.of(new EnvVar("SEED", "1")))
        .platform(Map.of("arch", InputValue.of("arm64")))
        .image(ImageRef.parse("python@" + DIGEST));
  }

  private static TaskRequest.Builder request(ComponentSpec component, String run) {
    return TaskRequest.builder(component)
        .identity(new TaskIdentity("p", run, "train"))
        .input("epochs", 1)
        .input("trace", "x");
  }

  private CacheDecision run(TaskRequest request) throws InterruptedException {
    return cache.getOrRun(request, () -> Outputs.NONE).decision();
  }

  private static List<LeftOut> leftOut(String because, String... places) {
    return List.of(places).stream().map(place -> new LeftOut(place, because)).toList();
  }

  @Test
  void aCustomKeyLeavesComponentAndInputsOut() throws Exception {
    TaskRequest monday = request(train().build(), "1").customKey("monday").build();
    run(monday);
    Explanation hit = cache.explanations().explain(monday);
    assertThat(hit.reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(hit.leftOut())
        .isEqualTo(
            leftOut(
                CUSTOM,
                "component.args",
                "component.command",
                "component.env",
                "component.platform",
                "inputs.epochs",
                "inputs.trace"));

    TaskRequest tuesday = request(train().build(), "2").customKey("tuesday").build();
    CacheDecision.Miss miss = (CacheDecision.Miss) run(tuesday);
    assertThat(miss.explanation().leftOut()).isEqualTo(hit.leftOut());
    assertThat(miss.toString())
        .contains(
            "everything else is the same; not in the key: component.args, component.command,"
                + " component.env, component.platform, inputs.epochs, inputs.trace ("
                + CUSTOM
                + "). (CUSTOM_KEY_CHANGED");
  }

  /** What is listed is really left out: two requests that differ in all of it share a key. */
  @Test
  void whatACustomKeyLeavesOutMayChange() throws Exception {
    run(request(train().build(), "1").customKey("monday").build());
    ComponentSpec other =
        ComponentSpec.builder()
            .name("train")
            .command(List.of("other"))
            .image(ImageRef.parse("python@" + DIGEST))
            .build();

    CacheDecision decision =
        run(request(other, "2").input("epochs", 2).customKey("monday").build());

    assertThat(decision.reason()).isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void aCustomKeyCountsWithinNamespaceAndComponent() throws Exception {
    run(request(train().build(), "1").customKey("monday").build());

    assertThat(run(request(train().name("test").build(), "2").customKey("monday").build()).reason())
        .isEqualTo(Reason.NO_ENTRY);
    TaskRequest elsewhere =
        request(train().build(), "3").namespace("other").customKey("monday").build();
    assertThat(run(elsewhere).reason()).isEqualTo(Reason.NO_ENTRY);
    assertThat(run(request(train().build(), "4").customKey("monday").build()).reason())
        .isEqualTo(Reason.ENTRY_FOUND);
  }

  @Test
  void inputsAloneLeaveCommandAndImageOutAndIgnoredInputsAreNamed() throws Exception {
    CachingOptions options =
        CachingOptions.builder().policy(CachePolicy.INPUTS).ignoredInputs(List.of("trace")).build();
    TaskRequest request = request(train().build(), "1").options(options).build();

    assertThat(cache.explanations().explain(request).leftOut())
        .containsSubsequence(
            leftOut(
                ALONE,
                "component.args",
                "component.command",
                "component.env",
                "component.platform",
                "component.image"))
        .endsWith(new LeftOut("inputs.trace", "ignored by name"))
        .hasSize(6);
  }

  @Test
  void aKeyOfEverythingLeavesNothingOut() throws Exception {
    Explanation explanation = cache.explanations().explain(request(train().build(), "1").build());

    assertThat(explanation.leftOut()).isEmpty();
    assertThat(explanation.toString()).doesNotContain("not in the key");
    assertThat(explanation.toJson()).doesNotContain("leftOut");
  }

  @Test
  void manyInputsAreCountedInTheTextAndAllInTheJson() throws Exception {
    TaskRequest.Builder request =
        TaskRequest.builder(ComponentSpec.named("train")).version("1").customKey("monday");
    IntStream.range(0, 11).forEach(i -> request.input("i%02d".formatted(i), i));

    Explanation explanation = cache.explanations().explain(request.build());

    assertThat(explanation.toString()).endsWith("inputs.i07 and 3 more (" + CUSTOM + ")");
    JsonNode json = new ObjectMapper().readTree(explanation.toJson()).get("leftOut");
    assertThat(json).hasSize(11);
    assertThat(json.get(0).get("place").asText()).isEqualTo("inputs.i00");
    assertThat(json.get(0).get("because").asText()).isEqualTo(CUSTOM);
  }
}
