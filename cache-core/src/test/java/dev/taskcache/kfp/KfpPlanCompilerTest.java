package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageNotResolvedException;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the compiler resolves, and what it refuses. */
class KfpPlanCompilerTest {
  private static final byte[] TRAIN = Pretend.text("train.yaml").getBytes(UTF_8);
  private static final String DIGEST = "sha256:" + "a".repeat(64);

  private static JsonNode plan(ImageDigestResolver images, byte[] content) throws Exception {
    return new JsonMapper().readTree(new KfpPlanCompiler(images).compile(content, Map.of()));
  }

  @Test
  void itsNameAndVersionAreThoseOfTheFormat() {
    KfpPlanCompiler compiler = new KfpPlanCompiler();
    assertThat(compiler.name() + "/" + compiler.version()).isEqualTo(PlanDocument.FORMAT);
  }

  @Test
  void eachTagIsAskedForOnceAndWhatIsNotKnownIsListed() throws Exception {
    List<String> asked = new ArrayList<>();
    JsonNode plan =
        plan(
            reference -> {
              asked.add(reference);
              return Optional.of(DIGEST).filter(digest -> reference.startsWith("alpine"));
            },
            TRAIN);
    assertThat(asked).containsExactlyInAnyOrder("alpine:3.20", "python:3.11");
    assertThat(plan.get("images").toString()).isEqualTo("{\"alpine:3.20\":\"" + DIGEST + "\"}");
    assertThat(plan.get("unresolvedImages").toString()).isEqualTo("[\"python:3.11\"]");
    JsonNode executors = plan.at("/pipeline/deploymentSpec/executors");
    assertThat(executors.at("/exec-notify/container/image").asText())
        .isEqualTo("alpine:3.20@" + DIGEST);
    assertThat(executors.at("/exec-train/container/image").asText()).isEqualTo("python:3.11");
  }

  @Test
  void imagesOfParametersAreListedAndStepsOfKubeflowAreNot() throws Exception {
    JsonNode plan = plan(Pretend.RESOLVER, Pretend.text("platform.yaml").getBytes(UTF_8));
    assertThat(plan.get("images").fieldNames()).toIterable().containsExactly("alpine:3.20");
    assertThat(plan.get("unresolvedImages").toString())
        .isEqualTo("[\"{{$.inputs.parameters['pipelinechannel--image']}}\"]");
  }

  @Test
  void anImageWithADigestIsNotAskedFor() throws Exception {
    String text = Pretend.text("train.yaml").replaceAll("alpine:3.20|python:3.11", "a@" + DIGEST);
    JsonNode plan =
        plan(
            reference -> {
              throw new AssertionError(reference);
            },
            text.getBytes(UTF_8));
    assertThat(plan.get("images")).isEmpty();
    assertThat(plan.get("unresolvedImages")).isEmpty();
  }

  @Test
  void aResolverThatFailsLeavesNoPlan() {
    ImageDigestResolver failing =
        reference -> {
          throw new ImageNotResolvedException(reference + ": the registry is away", null);
        };
    assertThatThrownBy(() -> plan(failing, TRAIN))
        .isInstanceOf(ImageNotResolvedException.class)
        .hasMessageEndingWith("the registry is away");
    assertThatThrownBy(() -> plan(reference -> Optional.of("sha256:1"), TRAIN))
        .isInstanceOf(ImageNotResolvedException.class)
        .hasMessageStartingWith("alpine:3.20: what the resolver says is no digest: \"sha256:1\"");
  }

  @Test
  void anInterruptEndsIt() {
    assertThatThrownBy(
            () ->
                plan(
                    reference -> {
                      Thread.currentThread().interrupt();
                      return Optional.empty();
                    },
                    TRAIN))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void parametersBecomeDefaultsOfTheirTypes() throws Exception {
    byte[] plan =
        new KfpPlanCompiler()
            .compile(TRAIN, Map.of("parameters", Map.of("data", "5", "epochs", "5")));
    JsonNode parameters =
        new JsonMapper().readTree(plan).at("/pipeline/root/inputDefinitions/parameters");
    assertThat(parameters.toString())
        .isEqualTo(
            "{\"data\":{\"defaultValue\":\"5\",\"parameterType\":\"STRING\"},\"epochs\":"
                + "{\"defaultValue\":5,\"isOptional\":true,\"parameterType\":\"NUMBER_INTEGER\"}}");
  }

  @Test
  void optionsThatMakeNoSenseAreRefusedWithTheirPlace() {
    refused(Map.of("parameter", Map.of()), "options.parameter: is no option of taskcache-plan;");
    refused(Map.of("parameters", 1), "options.parameters: must be a map of values by name");
    refused(
        Map.of("parameters", Map.of("epoch", 1)),
        "options.parameters.epoch: the pipeline has no such parameter; it has [data, epochs]");
    refused(
        Map.of("parameters", Map.of("epochs", 1.5)),
        "options.parameters.epochs: the value is no NUMBER_INTEGER; give one");
    refused(
        Map.of("parameters", Map.of("epochs", "many")), "options.parameters.epochs: JSON:1: not");
    refused(
        Map.of("parameters", Map.of("data", InputValue.Null.NULL)),
        "options.parameters.data: is null; leave it out, or give a value");
    refused(
        Map.of("parameters", Map.of("data", new InputValue.Secret("token", "1"))),
        "options.parameters.data: is a secret, which has no place in a plan");
    refused(
        Map.of("parameters", Map.of("data", List.of(Double.NaN))),
        "options.parameters.data[0]: is nothing that JSON has");
  }

  private static void refused(Map<String, ?> options, String why) {
    assertThatThrownBy(() -> new KfpPlanCompiler().compile(TRAIN, options))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith(why);
  }

  @Test
  void contentThatCannotBeCompiledIsRefusedWithItsPlace() throws Exception {
    byte[] plan = new KfpPlanCompiler().compile(TRAIN, Map.of());
    refusedContent(plan, "pipeline:5: pipeline: is in a plan already; compile what that was");
    String train = Pretend.text("train.yaml");
    refusedContent(
        train.replace("{depth: 3.0", "{depth: .inf").getBytes(UTF_8),
        "pipeline:197: root.dag.tasks.train.inputs.parameters.options.runtimeValue.constant.depth:"
            + " is no number that JSON has, so no plan can hold it; write another");
    refusedContent(
        train.replace("name: comp-prepare", "name: comp-x").getBytes(UTF_8),
        "pipeline:155: root.dag.tasks.prepare.componentRef.name: there is no component");
    refusedContent(new byte[] {'{', (byte) 0xff, '}'}, "pipeline:1: is not UTF-8");
  }

  @Test
  void whatIsTooDeepForAPlanIsRefusedWhenItIsCompiled() throws Exception {
    String train = Pretend.text("train.yaml");
    String[] last = new String[1];
    for (int depth = 150; last[0] == null || last[0].isEmpty(); depth++) {
      String deep = "{x: ".repeat(depth) + "1" + "}".repeat(depth);
      byte[] content = train.replace("{depth: 3.0, nested: {x: [1.0]}}", deep).getBytes(UTF_8);
      try {
        KfpPipeline.parse("p.yaml", content);
      } catch (InvalidPipelineException e) {
        break; // Too deep for a pipeline, too.
      }
      last[0] = refusal(content);
    }
    assertThat(last[0]).startsWith("pipeline:2: makes a plan that cannot be read: plan:");
  }

  /** Empty if it is compiled. */
  private static String refusal(byte[] content) throws InterruptedException {
    try {
      new KfpPlanCompiler().compile(content, Map.of());
      return "";
    } catch (InvalidPipelineException e) {
      return e.getMessage();
    }
  }

  @Test
  void optionsMayBeValues() throws Exception {
    InputValue parameters = InputValue.of(Map.of("data", "5", "epochs", 7));
    assertThat(new KfpPlanCompiler().compile(TRAIN, Map.of("parameters", parameters)))
        .isEqualTo(
            new KfpPlanCompiler()
                .compile(TRAIN, Map.of("parameters", Map.of("data", "5", "epochs", 7))));
  }

  private static void refusedContent(byte[] content, String why) {
    assertThatThrownBy(() -> new KfpPlanCompiler().compile(content, Map.of()))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith(why);
  }
}
