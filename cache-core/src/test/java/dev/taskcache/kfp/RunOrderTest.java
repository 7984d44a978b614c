package dev.taskcache.kfp;

import static dev.taskcache.kfp.Pretend.artifact;
import static dev.taskcache.kfp.Pretend.everything;
import static dev.taskcache.kfp.Pretend.key;
import static dev.taskcache.kfp.Pretend.paths;
import static dev.taskcache.kfp.Pretend.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nested pipelines, loops, conditions, importers and failures: what runs, when, with what. */
class RunOrderTest {
  @Test
  void offOnASubPipelineIsOffForAllInside() {
    List<KfpTask> tasks = everything(Pretend.run("nested.yaml"));
    assertThat(paths(tasks))
        .containsExactlyInAnyOrder(
            "off-for-all.inner.first",
            "off-for-all.inner.second",
            "said-nothing.first",
            "said-nothing.second",
            "switched-on.first",
            "switched-on.second",
            "user");
    assertThat(task(tasks, "off-for-all.inner.second").caching().setting("mode").toString())
        .startsWith(
            "mode = OFF (PIPELINE, nested.yaml:54: root.dag.tasks.off-for-all.cachingOptions is {}");
    assertThat(tasks)
        .filteredOn(each -> !each.path().startsWith("off-for-all"))
        .allMatch(Pretend::isCached);
  }

  @Test
  void subPipelinesPassInputsInAndOutputsOut() {
    List<KfpTask> tasks = everything(Pretend.run("nested.yaml"));
    assertThat(task(tasks, "said-nothing.first").parameters())
        .containsEntry("word", new InputValue.Text("bye"));
    assertThat(task(tasks, "switched-on.first").parameters())
        .containsEntry("word", new InputValue.Text("hello"));
    assertThat(task(tasks, "user").parameters())
        .containsEntry("word", new InputValue.Text("said-nothing.second"));
    assertThat(paths(tasks).indexOf("user"))
        .isGreaterThan(paths(tasks).indexOf("said-nothing.second"));
  }

  @Test
  void loopsRunOnceForEachItem() {
    KfpRun run = Pretend.run("loops.yaml");
    List<KfpTask> first = run.ready();
    assertThat(paths(first))
        .containsExactly(
            "direct[0]",
            "direct[1]",
            "direct[2]",
            "rows[0].inner[0].make",
            "rows[0].inner[1].make",
            "rows[1].inner[0].make");
    assertThat(first.stream().map(each -> each.parameters().get("item")))
        .containsExactly(
            new InputValue.Text("p-1"),
            new InputValue.Text("2"),
            new InputValue.Text("{\"a\":[true],\"b\":1}"),
            new InputValue.Text("a"),
            new InputValue.Text("b"),
            new InputValue.Text("c"));
    assertThat(Pretend.pipeline("loops.yaml").steps())
        .extracting(KfpPipeline.Step::path)
        .containsExactly("direct[*]", "rows[*].inner[*].make", "collect", "read[*]");
  }

  @Test
  void whatALoopGivesIsCollected() {
    List<KfpTask> tasks = everything(Pretend.run("loops.yaml"));
    KfpTask collect = task(tasks, "collect");
    assertThat(collect.parameters())
        .containsEntry(
            "words",
            InputValue.of(
                List.of(
                    List.of("rows[0].inner[0].make", "rows[0].inner[1].make"),
                    List.of("rows[1].inner[0].make"))));
    List<InputValue.Artifact> files =
        List.of(
            artifact("rows[0].inner[0].make"),
            artifact("rows[0].inner[1].make"),
            artifact("rows[1].inner[0].make"));
    assertThat(collect.artifacts())
        .containsEntry("files", new InputValue.ListValue(List.copyOf(files)));
    assertThat(task(tasks, "read[2]").artifacts()).containsEntry("file", files.get(2));
    assertThat(collect.request().component().declaredInputs().get("files").type())
        .isEqualTo(new ValueType.ListType(ValueType.Scalar.ANY));
  }

  @Test
  void iterationsThatAConditionLeavesOutAreNotCollected() {
    String text =
        Pretend.text("loops.yaml")
            .replace(
                "          parameterIterator:\n            itemInput: item\n",
                "          triggerPolicy:\n            condition: size(parseJson(inputs.parameter_values['all'])) > 1\n"
                    + "          parameterIterator:\n            itemInput: item\n");
    KfpRun run = Pretend.run(KfpPipeline.parse("l.yaml", text), Map.of());
    List<KfpTask> tasks = everything(run);
    assertThat(run.skipped())
        .extracting(KfpSkipped::path, KfpSkipped::why)
        .containsExactly(tuple("rows[1].inner[*].make", KfpSkipped.Why.CONDITION_FALSE));
    assertThat(task(tasks, "collect").parameters())
        .containsEntry(
            "words",
            InputValue.of(List.of(List.of("rows[0].inner[0].make", "rows[0].inner[1].make"))));
    assertThat(((InputValue.ListValue) task(tasks, "collect").artifacts().get("files")).elements())
        .hasSize(2);
  }

  @Test
  void anOutputThatIsNotThereIsMissedByThoseAloneWhoNeedIt() {
    KfpRun run = Pretend.run("loops.yaml");
    for (KfpTask task : run.ready()) {
      Map<String, InputValue> outputs = new HashMap<>(Pretend.outputs(task));
      outputs.remove("word");
      run.succeeded(task, outputs);
    }
    assertThat(paths(run.ready())).containsExactly("read[0]", "read[1]", "read[2]");
    assertThat(run.skipped())
        .containsExactly(
            new KfpSkipped(
                "collect",
                KfpSkipped.Why.UPSTREAM_FAILED,
                "depends on rows[0].inner[0].make, which did not give it"));
  }

  @Test
  void oneArtifactIsAListWhereAListIsDeclared() {
    String text =
        Pretend.text("importer.yaml")
            .replace(
                "{schemaTitle: system.Artifact, schemaVersion: 0.0.1}",
                "{schemaTitle: system.Artifact}\n          isArtifactList: true");
    KfpRun run = Pretend.run(KfpPipeline.parse("i.yaml", text), Map.of("uri", "s3://given"));
    KfpTask read = task(everything(run), "read-once");
    assertThat(read.artifacts().get("file"))
        .isInstanceOfSatisfying(
            InputValue.ListValue.class, list -> assertThat(list.elements()).hasSize(1));
    assertThat(key(read)).startsWith("k1:");
  }

  @Test
  void aFailedIterationTakesTheCollectedListsWithIt() {
    KfpRun run = Pretend.run("loops.yaml");
    List<KfpTask> ready = run.ready();
    run.failed(task(ready, "rows[0].inner[1].make"));
    ready.stream()
        .filter(each -> !each.path().equals("rows[0].inner[1].make"))
        .forEach(each -> run.succeeded(each, Pretend.outputs(each)));
    assertThat(run.ready()).isEmpty();
    assertThat(run.skipped())
        .extracting(KfpSkipped::path, KfpSkipped::message)
        .containsExactly(
            tuple("collect", "depends on rows, which failed"),
            tuple("read[*]", "depends on rows, which failed"));
  }

  @Test
  void aLoopOverAnEmptyListRunsNothingAndGivesEmptyLists() {
    KfpRun run = Pretend.run(Pretend.pipeline("loops.yaml"), Map.of("rows", List.of()));
    List<KfpTask> tasks = everything(run);
    assertThat(paths(tasks)).containsExactly("direct[0]", "direct[1]", "direct[2]", "collect");
    assertThat(task(tasks, "collect").parameters())
        .containsEntry("words", new InputValue.ListValue(List.of()));
    assertThat(run.done()).isTrue();
  }

  @Test
  void anItemThatDoesNotFitFailsTheLoop() {
    KfpRun run = Pretend.run(Pretend.pipeline("loops.yaml"), Map.of("rows", List.of(1)));
    assertThat(run.skipped())
        .filteredOn(each -> each.why() == KfpSkipped.Why.INVALID)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.path()).isEqualTo("rows[0].inner[*].make");
              assertThat(each.message())
                  .startsWith("loops.yaml:73: components.comp-rows.dag.tasks.inner.inputs")
                  .contains("parseJson(string_value)[\"cells\"]");
            });
    assertThat(run.skipped())
        .filteredOn(each -> each.path().equals("collect"))
        .singleElement()
        .matches(each -> each.why() == KfpSkipped.Why.UPSTREAM_FAILED);
  }

  @Test
  void whatATaskGivesOutCannotBeChanged() {
    KfpTask task = task(everything(Pretend.run("loops.yaml")), "collect");
    assertThatThrownBy(() -> task.artifacts().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> task.command().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static KfpRun counted(int n) {
    KfpRun run = Pretend.run("conditions.yaml");
    run.succeeded(run.ready().get(0), Map.of("n", new InputValue.Int(n)));
    return run;
  }

  @Test
  void aConditionThatHoldsLetsItsGroupRun() {
    KfpRun run = counted(1);
    List<KfpTask> tasks = run.ready();
    assertThat(paths(tasks)).containsExactly("branches.if-small.say", "on-one.say");
    assertThat(tasks.get(0).parameters()).containsEntry("word", new InputValue.Text("1"));
    tasks.forEach(each -> run.succeeded(each, Pretend.outputs(each)));
    assertThat(run.ready())
        .extracting(each -> each.parameters().get("word"))
        .containsExactly(
            new InputValue.Text("branches.if-small.say"), new InputValue.Text("on-one.say"));
  }

  @Test
  void aConditionThatDoesNotHoldSkipsWhatIsInsideAndAfter() {
    KfpRun run = counted(11);
    List<KfpTask> tasks = everything(run);
    assertThat(paths(tasks)).containsExactly("branches.if-large.say", "after-branches");
    assertThat(run.skipped())
        .extracting(KfpSkipped::path, KfpSkipped::why)
        .containsExactlyInAnyOrder(
            tuple("branches.if-small.say", KfpSkipped.Why.CONDITION_FALSE),
            tuple("on-one.say", KfpSkipped.Why.CONDITION_FALSE),
            tuple("after-one", KfpSkipped.Why.UPSTREAM_SKIPPED));
    assertThat(run.skipped())
        .anyMatch(
            each ->
                each.message()
                    .equals(
                        "conditions.yaml:105: root.dag.tasks.on-one.triggerPolicy.condition is"
                            + " false: inputs.parameter_values['n'] == 1"));
  }

  @Test
  void whatDependsOnUnknownOutputsIsUnknown() {
    KfpRun run = Pretend.run("conditions.yaml");
    run.unknown(run.ready().get(0));
    assertThat(run.ready()).isEmpty();
    assertThat(run.done()).isTrue();
    assertThat(run.skipped())
        .extracting(KfpSkipped::path)
        .containsExactlyInAnyOrder(
            "branches.if-large.say",
            "branches.if-small.say",
            "on-one.say",
            "after-one",
            "after-branches");
    assertThat(run.skipped())
        .allMatch(
            each ->
                each.why() == KfpSkipped.Why.UNKNOWN
                    && each.message().startsWith("depends on outputs of count, which"));
  }

  @Test
  void whatMerelyWaitsForAnUnknownTaskIsNotUnknown() {
    KfpRun run = Pretend.run(Pretend.pipeline("train.yaml"), Map.of("data", "d"));
    KfpTask prepare = task(run.ready(), "prepare");
    run.succeeded(prepare, Pretend.outputs(prepare));
    run.unknown(task(run.ready(), "train"));
    assertThat(paths(run.ready())).containsExactly("notify");
    assertThat(run.skipped()).extracting(KfpSkipped::path).containsExactly("publish");
  }

  @Test
  void aFailureStopsOnlyWhatDependsOnIt() {
    KfpRun run = Pretend.run("exit.yaml");
    List<KfpTask> tasks = run.ready();
    assertThat(paths(tasks)).containsExactly("body.beside", "body.fails");
    run.failed(tasks.get(1));
    assertThat(run.ready()).isEmpty();
    run.succeeded(tasks.get(0), Map.of());
    List<KfpTask> last = run.ready();
    assertThat(paths(last)).containsExactly("goodbye");
    assertThat(last.get(0).parameters().get("status").toString()).contains("FAILED");
    assertThat(run.done()).isFalse();
    run.succeeded(last.get(0), Map.of());
    assertThat(run.done()).isTrue();
    assertThat(run.skipped())
        .containsExactly(
            new KfpSkipped(
                "body.after",
                KfpSkipped.Why.UPSTREAM_FAILED,
                "depends on body.fails, which failed"),
            new KfpSkipped(
                "last", KfpSkipped.Why.UPSTREAM_FAILED, "depends on body, which failed"));
  }

  @Test
  void anImporterIsAnArtifactAndNoProcess() {
    KfpRun run = Pretend.run(Pretend.pipeline("importer.yaml"), Map.of("uri", "s3://bucket/given"));
    List<KfpTask> importers = run.ready();
    assertThat(importers).allMatch(KfpTask::isImporter);
    KfpTask once = task(importers, "once");
    assertThat(once.image()).isEmpty();
    assertThat(once.request().notCached().orElseThrow().reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(once.importedOutputs())
        .containsOnly(
            Map.entry(
                "artifact",
                new InputValue.Artifact(
                    "system.Dataset",
                    null,
                    "s3://bucket/fixed",
                    new InputValue.MapValue(Map.of("source", new InputValue.Text("fixed"))))));
    InputValue.Artifact again =
        (InputValue.Artifact) task(importers, "again").importedOutputs().get("artifact");
    assertThat(again.uri()).isEqualTo("s3://bucket/given");
    assertThat(again.metadata().entries()).containsEntry("day", new InputValue.Text("monday"));
  }

  @Test
  void onlyWhatIsImportedAnewMissesInTheNextRun() {
    List<KfpTask> one = imported("run-1");
    List<KfpTask> other = imported("run-2");
    assertThat(key(task(one, "read-once"))).isEqualTo(key(task(other, "read-once")));
    assertThat(key(task(one, "read-again"))).isNotEqualTo(key(task(other, "read-again")));
  }

  private static List<KfpTask> imported(String runId) {
    return everything(
        KfpRun.builder(Pretend.pipeline("importer.yaml"))
            .parameters(Map.of("uri", "s3://bucket/given"))
            .runId(runId)
            .build());
  }

  @Test
  void aConditionWithoutAValueIsAFailure() {
    String text = Pretend.text("conditions.yaml").replace("['n'] == 1", "['m'] == 1");
    KfpRun run = Pretend.run(KfpPipeline.parse("c.yaml", text), Map.of());
    run.succeeded(run.ready().get(0), Map.of("n", new InputValue.Int(1)));
    assertThat(run.skipped())
        .filteredOn(each -> each.path().equals("on-one.say"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.why()).isEqualTo(KfpSkipped.Why.INVALID);
              assertThat(each.message())
                  .startsWith("c.yaml:105: root.dag.tasks.on-one.triggerPolicy.condition: ");
            });
  }

  @Test
  void numbersAreComparedAsNumbers() {
    for (String condition :
        List.of(
            "inputs.parameter_values['n'] == 1.0",
            "int(inputs.parameter_values['n']) >= int(1)",
            "inputs.parameter_values['n'] < 2 && inputs.parameter_values['n'] != 'x'")) {
      String text =
          Pretend.text("conditions.yaml")
              .replace("condition: inputs.parameter_values['n'] == 1", "condition: " + condition);
      KfpRun run = Pretend.run(KfpPipeline.parse("c.yaml", text), Map.of());
      run.succeeded(run.ready().get(0), Map.of("n", new InputValue.Int(1)));
      assertThat(paths(run.ready())).as(condition).contains("on-one.say");
    }
  }
}
