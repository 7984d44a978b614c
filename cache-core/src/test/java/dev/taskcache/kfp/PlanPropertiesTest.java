package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.version.PipelineDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds for every pipeline: its plan is it again, however it is spelled. */
class PlanPropertiesTest {
  private static final int ROUNDS = 300 * Integer.getInteger("taskcache.tests.scale", 1);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final RandomJson json = new RandomJson(random);

  private static byte[] compiled(String ir) throws Exception {
    return new KfpPlanCompiler(Pretend.RESOLVER).compile(ir.getBytes(UTF_8), Map.of());
  }

  @Test
  void everyTaskHasTheSameKeyAndTheSameInputs() throws Exception {
    int keys = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String ir = json.spelled(pipeline());
      Map<String, String> expected = tasks(KfpPipeline.parse("p.json", ir));
      KfpPipeline plan = KfpPipeline.parse("plan.json", compiled(ir));
      assertThat(tasks(plan)).as("seed %s, %s", seed, ir).isEqualTo(expected);
      keys += expected.size();
    }
    assertThat(keys).isGreaterThan(ROUNDS);
  }

  @Test
  void anotherSpellingIsTheSamePlanAndTheSameDescription() throws Exception {
    int compared = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Object pipeline = pipeline();
      String one = json.spelled(pipeline);
      String other = json.spelled(pipeline);
      // Minus zero is a number of its own, but -0 is an integer, which has no such thing.
      if (!one.contains("-0")) {
        assertThat(content(compiled(one)))
            .as("seed %s, %s", seed, one)
            .isEqualTo(content(compiled(other)));
        PipelineDescription description = read(one.getBytes(UTF_8));
        assertThat(read(other.getBytes(UTF_8))).isEqualTo(description);
        PipelineDescription ofPlan =
            read(new KfpPlanCompiler().compile(one.getBytes(UTF_8), Map.of()));
        assertThat(description.components()).containsAllEntriesOf(ofPlan.components());
        assertThat(ofPlan.images()).isEqualTo(description.images());
        assertThat(ofPlan.caching()).isEqualTo(description.caching());
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(ROUNDS / 10);
  }

  private static PipelineDescription read(byte[] content) {
    return new KfpPipelineReader().read(content);
  }

  private static String content(byte[] plan) {
    return new String(plan, UTF_8).replaceAll("\"(digest|source)\": \"sha256:[0-9a-f]{64}\"", "");
  }

  private static Map<String, String> tasks(KfpPipeline pipeline) {
    Map<String, String> tasks = new TreeMap<>();
    for (KfpTask task : Pretend.everything(Pretend.run(pipeline, Map.of()))) {
      String key = Pretend.isCached(task) ? Pretend.key(task) : "not cached";
      tasks.put(task.path(), key + " " + task.parameters() + task.component().label());
    }
    return tasks;
  }

  /** Up to six components, numbered or not, in a chain of up to five tasks, some inside a group. */
  private Map<String, Object> pipeline() {
    Map<String, Object> components = new LinkedHashMap<>();
    Map<String, Object> executors = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (String name : List.of("comp-a", "comp-a-2", "comp-b", "comp-b-2", "comp-c-2", "comp-d")) {
      if (random.nextInt(3) > 0 || names.isEmpty()) {
        components.put(name, component("exec-" + name));
        executors.put("exec-" + name, Map.of("container", container()));
        names.add(name);
      }
    }
    Map<String, Object> group = new LinkedHashMap<>();
    group.put("dag", Map.of("tasks", chain(names)));
    components.put("comp-group", group);
    Map<String, Object> tasks = chain(names);
    if (random.nextBoolean()) {
      Map<String, Object> grouped = new LinkedHashMap<>();
      grouped.put("componentRef", Map.of("name", "comp-group"));
      grouped.put("cachingOptions", random.nextBoolean() ? Map.of("enableCache", true) : null);
      tasks.put("group", grouped);
    }
    Map<String, Object> pipeline = new LinkedHashMap<>();
    pipeline.put("components", components);
    pipeline.put("deploymentSpec", Map.of("executors", executors));
    pipeline.put("pipelineInfo", Map.of("name", "p" + json.word()));
    pipeline.put("root", Map.of("dag", Map.of("tasks", tasks)));
    pipeline.put("more", json.map(3));
    return pipeline;
  }

  private Map<String, Object> chain(List<String> components) {
    Map<String, Object> tasks = new LinkedHashMap<>();
    String before = null;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String name = "t" + i;
      tasks.put(name, task(components.get(random.nextInt(components.size())), before));
      before = name;
    }
    return tasks;
  }

  private Map<String, Object> task(String component, String before) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("map", constant(json.map(3)));
    parameters.put("text", constant(json.value(2)));
    if (before != null) {
      parameters.put(
          "out",
          Map.of(
              "taskOutputParameter", Map.of("producerTask", before, "outputParameterKey", "out")));
    }
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("componentRef", Map.of("name", component));
    task.put("cachingOptions", random.nextInt(4) == 0 ? Map.of() : Map.of("enableCache", true));
    task.put("inputs", Map.of("parameters", parameters));
    return task;
  }

  private static Map<String, Object> constant(Object value) {
    Map<String, Object> constant = new LinkedHashMap<>();
    constant.put("constant", value);
    return Map.of("runtimeValue", constant);
  }

  private Map<String, Object> component(String executor) {
    Map<String, Object> optional = Map.of("parameterType", "STRING", "isOptional", true);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("parameterType", "STRUCT");
    map.put("defaultValue", json.map(2));
    Map<String, Object> inputs = Map.of("map", map, "text", optional, "out", optional);
    Map<String, Object> outputs = Map.of("out", Map.of("parameterType", "STRING"));
    return Map.of(
        "executorLabel", executor,
        "inputDefinitions", Map.of("parameters", inputs),
        "outputDefinitions", Map.of("parameters", outputs));
  }

  private Map<String, Object> container() {
    String digest = random.nextInt(3) == 0 ? "@sha256:" + "1".repeat(64) : "";
    return Map.of(
        "image", "image:" + random.nextInt(3) + digest,
        "command", List.of("run", json.word()),
        "args", List.of(json.word(), "{{$.inputs.parameters['map']}}"),
        "env", List.of(Map.of("name", "E", "value", json.word())));
  }
}
