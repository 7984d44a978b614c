package dev.taskcache.bench;

import dev.taskcache.NotCacheableException;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.kfp.KfpRun;
import dev.taskcache.kfp.KfpTask;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The largest compiled pipeline that Kubeflow's own compiler wrote and this machine has: read, all
 * inputs of all tasks resolved, and each task keyed, beside the YAML parser alone. And what {@link
 * KfpBenchmark} measures, in pairs.
 */
final class KfpPairs {
  private static final Path FOLDER =
      Path.of(System.getProperty("taskcache.tests.kfp", "../../shared/kfp-ir"));
  private static final String DIGEST = "sha256:" + "fedcba9876543210".repeat(4);
  private static final ImageDigestResolver RESOLVER = reference -> Optional.of(DIGEST);

  private KfpPairs() {}

  public static void main(String[] args) throws Exception {
    KfpBenchmark component = new KfpBenchmark();
    component.prepare();
    Pairs.row(
        "Kubeflow's fingerprint of a lightweight component / SHA-256 of its bytes",
        4,
        component::fingerprint,
        component::sha256);
    if (!Files.isDirectory(FOLDER)) {
      System.out.println("| largest pipeline | | not run: " + FOLDER + " is not there | | |");
      return;
    }
    Path largest = largest();
    String text = Files.readString(largest);
    System.err.println(
        largest.getFileName() + ": " + text.length() + " characters, " + keyed(text) + " keys");
    Pairs.row(
        "largest pipeline read, resolved and keyed / YAML parser alone (events)",
        3,
        () -> keyed(text),
        () -> events(text));
    Pairs.row(
        "the same / YAML loaded into maps and lists",
        Double.NaN,
        () -> keyed(text),
        () -> loaded(text));
    Pairs.row(
        "of it: reading alone / YAML parser alone (events)",
        Double.NaN,
        () -> KfpPipeline.parse("p.yaml", text),
        () -> events(text));
  }

  private static Path largest() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .max(Comparator.comparingLong(file -> file.toFile().length()))
          .orElseThrow();
    }
  }

  private static int events(String text) {
    int events = 0;
    for (Object each : new Yaml().parse(new StringReader(text))) {
      events += each.hashCode() == 0 ? 0 : 1;
    }
    return events;
  }

  private static List<Object> loaded(String text) {
    List<Object> documents = new ArrayList<>();
    new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text).forEach(documents::add);
    return documents;
  }

  private static int keyed(String text) throws NotCacheableException {
    KfpRun run = KfpRun.builder(KfpPipeline.parse("p.yaml", text)).build();
    int keys = 0;
    for (List<KfpTask> ready = run.ready(); !ready.isEmpty(); ready = run.ready()) {
      for (KfpTask task : ready) {
        if (task.request().notCached().isEmpty()) {
          task.request().key(RESOLVER);
          keys++;
        }
        run.succeeded(task, task.isImporter() ? task.importedOutputs() : outputs(task));
      }
    }
    return keys;
  }

  private static Map<String, InputValue> outputs(KfpTask task) {
    Map<String, InputValue> outputs = new HashMap<>();
    task.outputArtifacts().forEach((name, type) -> outputs.put(name, artifact(type, task.path())));
    task.outputParameters().forEach((name, type) -> outputs.put(name, parameter(type)));
    return outputs;
  }

  private static InputValue artifact(ValueType type, String path) {
    InputValue one =
        new InputValue.Artifact(
            "system.Dataset", DIGEST, "s3://store/" + path, InputValue.MapValue.EMPTY);
    return type instanceof ValueType.ListType ? new InputValue.ListValue(List.of(one)) : one;
  }

  private static InputValue parameter(ValueType type) {
    if (type == ValueType.Scalar.INT) {
      return new InputValue.Int(1);
    } else if (type == ValueType.Scalar.FLOAT64) {
      return new InputValue.Float64(1.5);
    } else if (type == ValueType.Scalar.BOOL) {
      return new InputValue.Bool(true);
    } else if (type instanceof ValueType.ListType) {
      return new InputValue.ListValue(List.of());
    } else if (type instanceof ValueType.MapType) {
      return InputValue.MapValue.EMPTY;
    }
    return new InputValue.Text("text");
  }
}
