package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files that are refused: each with its line, its path, and what to do. */
class MalformedPipelineTest {
  private static final String SMALL =
      """
      components:
        comp-a: {executorLabel: exec-a, inputDefinitions: {parameters: {n: {parameterType: NUMBER_INTEGER}}}}
      deploymentSpec:
        executors:
          exec-a:
            container:
              command: [run, "{{$.inputs.parameters['n']}}"]
              image: alpine
      pipelineInfo: {name: small}
      root:
        dag:
          tasks:
            a:
              cachingOptions: {enableCache: true}
              componentRef: {name: comp-a}
              inputs:
                parameters:
                  n: {runtimeValue: {constant: 1.0}}
      """;

  @Test
  void theUnchangedFileIsRead() {
    assertThat(KfpPipeline.parse("p.yaml", SMALL).steps()).hasSize(1);
  }

  /** What to change, into what, and how the message begins then. */
  private static final List<String> MISTAKES =
      List.of(
          "name: comp-a}|name: comp-b}|p.yaml:15: root.dag.tasks.a.componentRef.name: there is no component \"comp-b\"; write one of [comp-a]",
          "componentRef: {name: comp-a}|other: 1|p.yaml:13: root.dag.tasks.a.componentRef: is missing; write componentRef",
          "exec-a, inp|exec-b, inp|p.yaml:2: components.comp-a.executorLabel: there is no executor \"exec-b\"",
          "['n']}}\"]|['m']}}\"]|p.yaml:7: deploymentSpec.executors.exec-a.container.command[1]: \"m\" is no input parameter of comp-a, as {{$.inputs.parameters['m']}}; write one of [n]",
          "inputs.parameters['n']|inputs.parametres['n']|p.yaml:7: deploymentSpec.executors.exec-a.container.command[1]: {{$.inputs.parametres['n']}} is no placeholder",
          "inputs.parameters['n']|outputs.artifacts['n'].path|p.yaml:7: deploymentSpec.executors.exec-a.container.command[1]: \"n\" is no output artifact of comp-a",
          "constant: 1.0|constant: one|p.yaml:18: root.dag.tasks.a.inputs.parameters.n: \"one\" is no NUMBER_INTEGER",
          "constant: 1.0|constant: 1.5|p.yaml:18: root.dag.tasks.a.inputs.parameters.n: 1.5 is no NUMBER_INTEGER",
          "{runtimeValue: {constant: 1.0}}|{}|p.yaml:18: root.dag.tasks.a.inputs.parameters.n: has no known source",
          "n: {runtimeValue|m: {runtimeValue|p.yaml:13: root.dag.tasks.a: does not give the input \"n\" of comp-a",
          "{runtimeValue: {constant: 1.0}}|{componentInputParameter: x}|p.yaml:18: root.dag.tasks.a.inputs.parameters.n: \"x\" is no input of the pipeline; it has none",
          "{runtimeValue: {constant: 1.0}}|{taskOutputParameter: {producerTask: b, outputParameterKey: x}}|p.yaml:13: root.dag.tasks.a: depends on \"b\", but beside it are only [a]",
          "{runtimeValue: {constant: 1.0}}|{taskOutputParameter: {producerTask: a, outputParameterKey: x}}|p.yaml:13: root.dag.tasks.a: waits for itself: a after a",
          "enableCache: true|enableCache: 'true'|p.yaml:14: root.dag.tasks.a.cachingOptions.enableCache: must be true or false",
          "enableCache: true|enable_cache: true|p.yaml:14: root.dag.tasks.a.cachingOptions: has [enable_cache]",
          "NUMBER_INTEGER|INTEGER|p.yaml:2: components.comp-a.inputDefinitions.parameters.n.parameterType: \"INTEGER\" is no type of parameters",
          "image: alpine|imago: alpine|p.yaml:6: deploymentSpec.executors.exec-a.container.image: is missing",
          "name: small|title: small|p.yaml:9: pipelineInfo.name: is missing",
          "root:|rooted:|p.yaml:1: root: is missing",
          "container:|resolver:|p.yaml:5: deploymentSpec.executors.exec-a: is neither container nor importer",
          "command: [run,|command: [run|p.yaml:19: not YAML: found unexpected end of stream (while scanning a quoted scalar that begins on line 7)",
          "name: small}|name: small, name: large}|p.yaml:9: the key \"name\" is there twice",
          "image: alpine|image: {a: b}|p.yaml:8: deploymentSpec.executors.exec-a.container.image: must be a text",
          "inputs:|triggerPolicy: {strategy: NEVER}\n        inputs:|p.yaml:16: root.dag.tasks.a.triggerPolicy.strategy: is no known strategy",
          "inputs:|triggerPolicy: {condition: 'a =='}\n        inputs:|p.yaml:16: root.dag.tasks.a.triggerPolicy.condition: \"a ==\" is no expression of CEL",
          "inputs:|parameterIterator: {itemInput: n, items: {raw: '[1'}}\n        inputs:|p.yaml:16: root.dag.tasks.a.parameterIterator.items.raw: is no JSON",
          "inputs:|parameterIterator: {itemInput: n, items: {raw: '{}'}}\n        inputs:|p.yaml:16: root.dag.tasks.a.parameterIterator.items.raw: is no list",
          "inputs:|parameterIterator: {itemInput: n, items: {inputParameter: all}}\n        inputs:|p.yaml:16: root.dag.tasks.a.parameterIterator: \"all\" is no input of the task a");

  @TestFactory
  Stream<DynamicTest> aMistakeIsNamed() {
    return MISTAKES.stream()
        .map(each -> each.split("\\|", 3))
        .map(each -> dynamicTest(each[2], () -> mistake(each[0], each[1], each[2])));
  }

  private static void mistake(String what, String instead, String message) {
    String text = SMALL.replace(what, instead);
    assertThat(text).isNotEqualTo(SMALL);
    assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", text))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith(message)
        .satisfies(
            e -> {
              InvalidPipelineException refused = (InvalidPipelineException) e;
              assertThat(refused.getMessage())
                  .startsWith(refused.file() + ":" + refused.line() + ": " + refused.path());
            });
  }

  @Test
  void aByteOrderMarkIsNoMistake() {
    assertThat(KfpPipeline.parse("p.yaml", "\uFEFF" + SMALL).steps()).hasSize(1);
    assertThat(KfpPipeline.parse("p.json", "\uFEFF" + Pretend.text("train.json")).steps())
        .hasSize(5);
  }

  @Test
  void jsonErrorsHaveLinesToo() {
    assertThatThrownBy(() -> KfpPipeline.parse("p.json", "{\n\"a\": 1,\n\"a\": 2}"))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith("p.json:3: not JSON: Duplicate");
    String text = Pretend.text("train.json").replace("\"comp-train\"", "\"comp-run\"");
    assertThatThrownBy(
            () -> KfpPipeline.parse("p.json", text.replace("\"comp-run\": {", "\"comp-train\": {")))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageMatching(
            "(?s)p\\.json:[1-9][0-9]+: root\\.dag\\.tasks\\.train\\.componentRef\\.name: there is"
                + " no component \"comp-run\".*");
  }

  @Test
  void whatIsNoPipelineIsRefused() {
    Map.of(
            "", "has 0 documents",
            "a: 1\n---\nb: 2\n---\nc: 3", "has 3 documents",
            "just text", "must be a map",
            "a: &x [*x]", "the alias refers to something that it is part of",
            "{\"a\": \"\\ud800\"}", "lone surrogate")
        .forEach(
            (text, problem) ->
                assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", text))
                    .isInstanceOf(InvalidPipelineException.class)
                    .hasMessageStartingWith("p.yaml:1: ")
                    .hasMessageContaining(problem));
  }

  @Test
  void tasksThatWaitForEachOtherAreRefused() {
    String text =
        SMALL
            + """
                    dependentTasks: [c]
                  b:
                    componentRef: {name: comp-a}
                    dependentTasks: [a]
                    inputs: {parameters: {n: {runtimeValue: {constant: 1}}}}
                  c:
                    componentRef: {name: comp-a}
                    dependentTasks: [b]
                    inputs: {parameters: {n: {runtimeValue: {constant: 1}}}}
            """;
    assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", text))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessage(
            "p.yaml:13: root.dag.tasks.a: waits for itself: a after c after b after a; take out"
                + " one of these dependencies");
  }

  @Test
  void aComponentInsideItselfIsRefused() {
    String text =
        Pretend.text("nested.yaml")
            .replace(
                "second:\n",
                "third:\n          componentRef: {name: comp-outer}\n        second:\n");
    assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", text))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith(
            "p.yaml:24: components.comp-inner.dag.tasks.third.componentRef.name:")
        .hasMessageContaining("\"comp-outer\" contains itself, through [comp-outer, comp-inner]");
  }

  /** {@code count} components, each of which uses the next one so many times. */
  private static String tower(int count, int times) {
    StringBuilder text = new StringBuilder(SMALL.replace("root:\n", "unused:\n"));
    text.append("root: {dag: {tasks: {t: {componentRef: {name: comp-0}}}}}\n");
    StringBuilder components = new StringBuilder();
    for (int i = 0; i < count; i++) {
      components.append("  comp-").append(i).append(": {dag: {tasks: {");
      for (int j = 0; j < times; j++) {
        components.append("t").append(j).append(": {componentRef: {name: comp-");
        components.append(i + 1).append("}}, ");
      }
      components.append("}}}\n");
    }
    components.append("  comp-").append(count).append(": {executorLabel: exec-a}\n");
    return text.toString()
        .replace("[run, \"{{$.inputs.parameters['n']}}\"]", "[run]")
        .replace("components:\n", "components:\n" + components);
  }

  @Test
  void towersOfComponentsAreRefusedOrRead() {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          assertThat(KfpPipeline.parse("p.yaml", tower(90, 1)).steps()).hasSize(1);
          assertThat(KfpPipeline.parse("p.yaml", tower(10, 2)).steps()).hasSize(1024);
          assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", tower(90, 2)))
              .isInstanceOf(InvalidPipelineException.class)
              .hasMessageContaining("come to more than 100000 tasks");
          assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", tower(20_000, 1)))
              .isInstanceOf(InvalidPipelineException.class)
              .hasMessageContaining("nest deeper than 100 levels");
        });
  }

  @Test
  void aliasBombsAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 30; i++) {
      String inner = "*a" + (i - 1);
      bomb.append("a" + i + ": &a" + i + " [" + (inner + ", ").repeat(8) + inner + "]\n");
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () ->
            assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", SMALL + bomb))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContaining("aliases expand to more than 1000000 nodes"));
  }

  @Test
  void deepNestingIsRefused() {
    for (String open : new String[] {"[", "{\"a\":", "a: [", "{a: "}) {
      assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", open.repeat(100_000)))
          .as(open)
          .isInstanceOf(InvalidPipelineException.class);
    }
    String command = "{\\\"Concat\\\": [".repeat(2000) + "]}".repeat(2000);
    assertThat(KfpPipeline.parse("p.yaml", SMALL.replace("[run,", "[\"" + command + "\",")).steps())
        .hasSize(1); // Too deep for JSON, so it is a text
    String shorter = "{\\\"Concat\\\": [".repeat(60) + "]}".repeat(60);
    assertThatThrownBy(
            () -> KfpPipeline.parse("p.yaml", SMALL.replace("[run,", "[\"" + shorter + "\",")))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContaining("command[0]: nests deeper than 50 levels");
  }

  @Test
  void whatIsTooDeepOrTooLargeIsNamedWithItsLine() {
    String deep = "[".repeat(300) + "]".repeat(300);
    assertThatThrownBy(() -> KfpPipeline.parse("p.yaml", SMALL + "other:\n  " + deep))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith("p.yaml:20: not YAML: Nesting Depth exceeded max 200");
    assertThatThrownBy(() -> KfpPipeline.parse("p.json", "{\n\"other\":\n" + deep + "}"))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith("p.json:3: not JSON: Document nesting depth (201) exceeds");
    String large = "{" + " ".repeat(Documents.MOST_CHARACTERS);
    assertThatThrownBy(() -> KfpPipeline.parse("p.json", large))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith("p.json:1: has more than 100000000 characters; pass data by");
    String digits = "9".repeat(20_000);
    assertThatThrownBy(() -> KfpPipeline.parse("p.json", "{\n\"a\": " + digits + "}"))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageStartingWith("p.json:2: not JSON: ");
  }

  @Test
  void largeFilesAreRead() {
    StringBuilder text = new StringBuilder(SMALL);
    for (int i = 0; text.length() < 3_000_000; i++) {
      text.append("      a").append(i).append(":\n        componentRef: {name: comp-a}\n");
      text.append("        inputs: {parameters: {n: {runtimeValue: {constant: 1}}}}\n");
      if (i > 0) {
        text.append("        dependentTasks: [a").append(i - 1).append("]\n");
      }
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(120),
        () -> {
          KfpPipeline pipeline = KfpPipeline.parse("p.yaml", text.toString());
          assertThat(pipeline.steps()).hasSizeGreaterThan(15_000);
          KfpRun run = Pretend.run(pipeline, Map.of());
          run.ready().forEach(run::failed);
          assertThat(run.done()).isTrue();
          assertThat(run.skipped()).hasSize(pipeline.steps().size() - 2);
        });
  }

  @Test
  void endlessLoopsAreRefusedInTheRun() {
    String items = "[" + "1,".repeat(400) + "1]";
    String text =
        Pretend.text("loops.yaml")
            .replace(
                "raw: '[\"{{$.inputs.parameters[''prefix'']}}-1\", 2, {\"b\": 1, \"a\": [true]}]'",
                "raw: '" + items + "'");
    KfpPipeline pipeline = KfpPipeline.parse("p.yaml", text);
    KfpRun large =
        Pretend.run(
            pipeline,
            Map.of(
                "rows", Collections.nCopies(400, Map.of("cells", Collections.nCopies(400, "x")))));
    assertThat(large.skipped())
        .anyMatch(
            each ->
                each.why() == KfpSkipped.Why.INVALID
                    && each.message().contains("comes to more than 100000 tasks"));
    assertThat(large.ready().size()).isBetween(45_000, 100_000);
  }
}
