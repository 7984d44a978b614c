package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A compiled pipeline of our own and, in its first lines ({@code #@ mode a: OFF TASK}), what it is
 * to give.
 */
record IrFile(Path path, String text, List<Expected> expected) {
  private static final Path FOLDER = Path.of("src/test/resources/kfp-ir");

  /**
   * One line.
   *
   * @param what {@code mode}
   * @param of {@code a}, or what else stands before the colon; may be empty
   * @param value what stands after it
   */
  record Expected(String what, String of, String value) {
    private static Expected read(String line) {
      int colon = line.indexOf(':');
      String head = line.substring(3, colon).strip();
      int space = head.indexOf(' ');
      return new Expected(
          space < 0 ? head : head.substring(0, space),
          space < 0 ? "" : head.substring(space + 1),
          line.substring(colon + 1).strip());
    }

    List<String> list() {
      return value.isEmpty() ? List.of() : Arrays.asList(value.split(", "));
    }
  }

  static Map<String, List<IrFile>> byFeature() {
    Map<String, List<IrFile>> all = new TreeMap<>();
    try (var files = Files.walk(FOLDER)) {
      for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
        String text = Files.readString(path);
        List<Expected> expected =
            text.lines().filter(line -> line.startsWith("#@")).map(Expected::read).toList();
        all.computeIfAbsent(path.getParent().getFileName().toString(), key -> new ArrayList<>())
            .add(new IrFile(path, text, expected));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  KfpPipeline pipeline() {
    return KfpPipeline.parse(path.getFileName().toString(), text);
  }

  /** A run to its end: tasks have made-up outputs, or those that the file says, or fail. */
  Ran run(String runId) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Map<String, Map<String, InputValue>> given = new LinkedHashMap<>();
    Set<String> fails = new HashSet<>();
    for (Expected each : expected) {
      switch (each.what()) {
        case "parameters" -> parameters.putAll(map(each.value()));
        case "outputs" -> given.put(each.of(), map(each.value()));
        case "fails" -> fails.addAll(each.list());
        default -> {}
      }
    }
    KfpRun run = KfpRun.builder(pipeline()).parameters(parameters).runId(runId).build();
    Map<String, KfpTask> tasks = new LinkedHashMap<>();
    for (List<KfpTask> ready = run.ready(); !ready.isEmpty(); ready = run.ready()) {
      for (KfpTask task : ready) {
        tasks.put(task.path(), task);
        if (fails.contains(task.path())) {
          run.failed(task);
          continue;
        }
        Map<String, InputValue> outputs = new LinkedHashMap<>(Pretend.outputs(task));
        outputs.putAll(given.getOrDefault(task.path(), Map.of()));
        run.succeeded(task, task.isImporter() ? task.importedOutputs() : outputs);
      }
    }
    return new Ran(run, tasks);
  }

  /** What came of it: the tasks by path, in the order in which they became ready. */
  record Ran(KfpRun run, Map<String, KfpTask> tasks) {
    KfpTask task(String path) {
      KfpTask task = tasks.get(path);
      if (task == null) {
        throw new AssertionError(path + " did not run; there ran " + tasks.keySet());
      }
      return task;
    }
  }

  private static Map<String, InputValue> map(String json) {
    return ((InputValue.MapValue) JsonText.parse(json)).entries();
  }
}
