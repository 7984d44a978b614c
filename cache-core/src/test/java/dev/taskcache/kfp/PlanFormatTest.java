package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a plan, and which plans are refused. */
class PlanFormatTest {
  private static final String SMALL =
      """
      components:
        comp-a: {executorLabel: exec-a}
        comp-a-2: {executorLabel: exec-a-2}
        comp-b: {executorLabel: exec-b}
      deploymentSpec:
        executors:
          exec-a: {container: {command: [run], image: alpine}}
          exec-a-2: {container: {command: [run], image: 'alpine:3'}}
          exec-b: {container: {command: [run], image: bash}}
      pipelineInfo: {name: small}
      root:
        dag:
          tasks:
            a:
              cachingOptions: {enableCache: true}
              componentRef: {name: comp-a-2}
      ---
      platforms:
        kubernetes:
          deploymentSpec:
            executors:
              exec-a-2: {secretAsEnv: [{secretName: s, keyToEnv: [{secretKey: k, envVar: V}]}]}
              exec-b: {secretAsEnv: [{secretName: t, keyToEnv: [{secretKey: k, envVar: V}]}]}
      """;

  @TempDir private Path dir;

  private static String plan(String ir) throws Exception {
    return new String(new KfpPlanCompiler().compile(ir.getBytes(UTF_8), Map.of()), UTF_8);
  }

  private static JsonNode json(String plan) throws Exception {
    return new JsonMapper().readTree(plan);
  }

  @Test
  void whatThePipelineDoesNotUseIsLeftOutButWhatItIsNumberedAfter() throws Exception {
    JsonNode plan = json(plan(SMALL));
    assertThat(plan.at("/pipeline/components").fieldNames())
        .toIterable()
        .containsExactly("comp-a", "comp-a-2");
    assertThat(plan.at("/pipeline/deploymentSpec/executors").fieldNames())
        .toIterable()
        .containsExactly("exec-a", "exec-a-2");
    assertThat(plan.at("/platforms/kubernetes/deploymentSpec/executors").fieldNames())
        .toIterable()
        .containsExactly("exec-a-2");
    KfpTask planned = Pretend.run(KfpPipeline.parse("p", plan(SMALL)), Map.of()).ready().get(0);
    KfpTask task = Pretend.run(KfpPipeline.parse("p", SMALL), Map.of()).ready().get(0);
    assertThat(Pretend.key(planned)).isEqualTo(Pretend.key(task));
    assertThat(planned.component().label()).isEqualTo("a");
  }

  @Test
  void yamlAndJsonAndTheOrderOfKeysGiveOnePlan() throws Exception {
    String yaml = plan(Pretend.text("train.yaml"));
    String json = plan(Pretend.text("train.json"));
    assertThat(yaml).isEqualTo(plan(Pretend.text("train.yaml")));
    assertThat(withoutDigests(json)).isEqualTo(withoutDigests(yaml)).isNotEqualTo(yaml);
    assertThat(json).isNotEqualTo(yaml); // It says what it was made from.
  }

  private static String withoutDigests(String plan) {
    return plan.replaceAll("\"(digest|source)\": \"sha256:[0-9a-f]{64}\"", "");
  }

  @Test
  void itSaysWhatItWasMadeFrom() throws Exception {
    String content = "# é\n" + SMALL;
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    assertThat(json(plan(content)).get("source").asText())
        .isEqualTo("sha256:" + HexFormat.of().formatHex(sha256.digest(content.getBytes(UTF_8))));
  }

  @Test
  void aPlanIsReadFromItsFileAndAPipelineIsNoPlan() throws Exception {
    Path plan = dir.resolve("plan.json");
    Files.writeString(plan, plan(SMALL));
    assertThat(KfpPipeline.readPlan(plan).name()).isEqualTo("small");
    assertThat(KfpPipeline.read(plan).name()).isEqualTo("small");
    Files.writeString(plan, SMALL);
    assertThatThrownBy(() -> KfpPipeline.readPlan(plan))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessage(
            plan + ":1: is no plan; make one of it with KfpPlanCompiler or `taskcache compile`");
  }

  @Test
  void aPlanThatIsCutOffIsRefusedWhereverItIs() throws Exception {
    byte[] plan = plan(SMALL).getBytes(UTF_8);
    for (int length = 0; length < plan.length - 1; length++) {
      byte[] part = Arrays.copyOf(plan, length);
      assertThatThrownBy(() -> KfpPipeline.parse("plan.json", part))
          .as("first %d bytes", length)
          .isInstanceOf(InvalidPipelineException.class)
          .hasMessageStartingWith("plan.json:");
    }
  }

  @Test
  void aPlanOfWhichAByteIsAnotherIsRefused() throws Exception {
    byte[] plan = plan(SMALL).getBytes(UTF_8);
    int refused = 0;
    for (int i = 0; i < plan.length; i++) {
      byte[] damaged = plan.clone();
      damaged[i] = (byte) (damaged[i] == 'm' ? 'n' : 'm');
      assertThatThrownBy(() -> KfpPipeline.parse("plan.json", damaged))
          .as("byte %d", i)
          .isInstanceOf(InvalidPipelineException.class);
      refused++;
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void whatIsWrongWithAPlanIsSaid() throws Exception {
    String plan = plan(SMALL);
    refused(
        plan.replace("taskcache-plan/1", "taskcache-plan/2"),
        "plan.json:3: format: is \"taskcache-plan/2\", and this version reads taskcache-plan/1; use"
            + " the version that wrote it, or compile the pipeline again with this one");
    refused(plan.replace("\"small\"", "\"large\""), "plan.json:2: digest: is sha256:");
    refused(plan.replace("\"small\"", "\"large\""), ": it is damaged; compile the pipeline again");
    refused(
        plan.replace("\"source\"", "\"sources\""),
        "plan.json:1: has [sources], which taskcache-plan/1 has not; compile the pipeline again");
    refused(plan + "{}", "stands after a plan, which is all of its file");
    refused(plan.replaceFirst("\"digest\".*\n", ""), "plan.json:1: digest: is missing");
  }

  private static void refused(String plan, String why) {
    assertThatThrownBy(() -> KfpPipeline.parse("plan.json", plan))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining(why);
  }

  @Test
  void blanksDoNotCountAndPlacesAreThoseOfThePlan() throws Exception {
    String plan = plan(SMALL);
    String dense = new JsonMapper().writeValueAsString(json(plan));
    assertThat(KfpPipeline.parse("plan.json", dense).steps()).hasSize(1);
    KfpPipeline.Step step = KfpPipeline.parse("plan.json", plan).steps().get(0);
    assertThat(plan.lines().toList().get(step.line() - 1)).isEqualTo("          \"a\": {");
  }
}
