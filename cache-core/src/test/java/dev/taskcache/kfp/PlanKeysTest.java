package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.NotCached;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A run of a plan asks what a run of its pipeline asks. */
class PlanKeysTest {
  private static final Path KUBEFLOW =
      Path.of(System.getProperty("taskcache.tests.kfp", "../../shared/kfp-ir"));
  private static final Path OWN = Path.of("src/test/resources/kfp");

  /** A plan has no tag left but those whose name only a run knows. */
  private static final ImageDigestResolver IMAGES_OF_PARAMETERS =
      reference -> {
        assertThat(reference).doesNotContain("alpine:", "python:");
        return Pretend.RESOLVER.resolve(reference);
      };

  @TestFactory
  Stream<DynamicTest> everyTaskHasTheKeyOfTheIr() throws IOException {
    return Stream.concat(files(OWN).stream(), files(KUBEFLOW).stream())
        .map(file -> dynamicTest(file.getFileName().toString(), () -> sameKeys(file)));
  }

  private static void sameKeys(Path file) throws Exception {
    byte[] content = Files.readAllBytes(file);
    byte[] plan = new KfpPlanCompiler(Pretend.RESOLVER).compile(content, Map.of());
    KfpPipeline pipeline = KfpPipeline.parse(file.toString(), content);
    KfpPipeline planned = KfpPipeline.parse("plan.json", plan);
    assertThat(planned.steps()).hasSameSizeAs(pipeline.steps());
    Map<String, Object> parameters = parameters(pipeline);
    Map<String, String> keys = keys(pipeline, parameters, Pretend.RESOLVER);
    assertThat(keys(planned, parameters, IMAGES_OF_PARAMETERS)).isEqualTo(keys).isNotEmpty();
  }

  @Test
  void keysChangeWithTheParametersOfTheCompilerAsWithThoseOfARun() throws Exception {
    byte[] content = Pretend.text("train.yaml").getBytes(UTF_8);
    KfpPipeline pipeline = KfpPipeline.parse("train.yaml", content);
    Map<String, Object> given = Map.of("data", "s3://data", "epochs", "7");
    byte[] plan =
        new KfpPlanCompiler(Pretend.RESOLVER).compile(content, Map.of("parameters", given));
    Map<String, String> planned =
        keys(KfpPipeline.parse("plan.json", plan), Map.of(), IMAGES_OF_PARAMETERS);
    assertThat(planned)
        .isEqualTo(keys(pipeline, given, Pretend.RESOLVER))
        .isNotEqualTo(keys(pipeline, Map.of("data", "s3://data"), Pretend.RESOLVER));
  }

  @Test
  void aRunOfAPlanMaySetWhatItsCompilerSet() throws Exception {
    byte[] content = Pretend.text("train.yaml").getBytes(UTF_8);
    byte[] plan =
        new KfpPlanCompiler()
            .compile(content, Map.of("parameters", Map.of("data", "a", "epochs", 7)));
    Map<String, Object> given = Map.of("data", "b", "epochs", 8);
    assertThat(keys(KfpPipeline.parse("plan.json", plan), given, Pretend.RESOLVER))
        .isEqualTo(keys(KfpPipeline.parse("train.yaml", content), given, Pretend.RESOLVER));
  }

  @Test
  void numbersKeepWhatTheyAre() throws Exception {
    String text =
        Pretend.text("train.yaml")
            .replace(
                "constant: {depth: 3.0, nested: {x: [1.0]}}",
                "constant: {a: 1e300, b: -0.0, c: 12345678901234567890123, d: 0.1, e: 2.0e-3,"
                    + " f: 9007199254740993, g: 1.0e+23, h: 5.684341886080802e-14, i: 2.0}");
    assertThat(text).contains("1e300");
    byte[] content = text.getBytes(UTF_8);
    byte[] plan = new KfpPlanCompiler().compile(content, Map.of());
    Map<String, Object> given = Map.of("data", "a");
    assertThat(keys(KfpPipeline.parse("plan.json", plan), given, Pretend.RESOLVER))
        .isEqualTo(keys(KfpPipeline.parse("train.yaml", content), given, Pretend.RESOLVER));
    assertThat(new String(plan, UTF_8))
        .contains("\"a\": 1.0E300,", "\"b\": -0.0,", "\"f\": 9007199254740993,", "\"i\": 2\n")
        .contains("\"c\": 12345678901234567890123,", "\"h\": 5.684341886080802E-14,");
  }

  /** By task its key; where it has none, why. */
  private static Map<String, String> keys(
      KfpPipeline pipeline, Map<String, ?> parameters, ImageDigestResolver images) {
    Map<String, String> keys = new TreeMap<>();
    KfpRun run = Pretend.run(pipeline, parameters);
    for (KfpTask task : Pretend.everything(run)) {
      String key =
          Pretend.isCached(task)
              ? task.request().key(images).key().toString()
              : task.request()
                  .notCached()
                  .map(NotCached::reason)
                  .orElse(Reason.CACHING_OFF)
                  .toString();
      keys.put(task.path(), key + " " + task.caching().mode() + " " + task.parameters());
    }
    run.skipped().forEach(each -> keys.put(each.path(), each.why().toString()));
    keys.put("outputs", run.outputs().toString());
    return keys;
  }

  private static Map<String, Object> parameters(KfpPipeline pipeline) {
    Map<String, Object> parameters = new HashMap<>();
    pipeline
        .parameters()
        .forEach(
            (name, each) -> {
              if (each.defaultValue() == null && !each.optional()) {
                boolean map = each.type() instanceof ValueType.MapType;
                parameters.put(name, map ? Map.of("A", 1) : "given");
              }
            });
    return parameters;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      assumeThat(folder).isEqualTo(KUBEFLOW);
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().matches(".*\\.(yaml|json)")).sorted().toList();
    }
  }
}
