package dev.taskcache.kfp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads graphs. */
final class GraphReader {
  private GraphReader() {}

  static Graph read(Field dag) {
    Map<String, Task> tasks = new TreeMap<>();
    dag.entries("tasks").forEach((name, field) -> tasks.put(name, Task.read(name, field)));
    if (tasks.isEmpty()) {
      throw dag.spot().error("has no tasks; a pipeline needs at least one");
    }
    Map<String, Graph.Output> outputs = new TreeMap<>();
    Field declared = dag.get("outputs");
    if (declared != null) {
      declared.entries("parameters").forEach((name, f) -> outputs.put(name, parameter(f)));
      declared.entries("artifacts").forEach((name, f) -> outputs.put(name, artifact(f)));
    }
    return new Graph(new LinkedHashMap<>(tasks), outputs);
  }

  private static Graph.Output parameter(Field field) {
    Field one = field.get("valueFromParameter");
    if (one != null) {
      return new Graph.Output(List.of(selector(one, "outputParameterKey")), field.spot());
    }
    Field several = field.require("valueFromOneof", "or write valueFromParameter");
    List<Graph.Selector> selectors = new ArrayList<>();
    several
        .items("parameterSelectors")
        .forEach(each -> selectors.add(selector(each, "outputParameterKey")));
    return new Graph.Output(selectors, field.spot());
  }

  private static Graph.Output artifact(Field field) {
    List<Graph.Selector> selectors = new ArrayList<>();
    field
        .items("artifactSelectors")
        .forEach(each -> selectors.add(selector(each, "outputArtifactKey")));
    return new Graph.Output(selectors, field.spot());
  }

  private static Graph.Selector selector(Field field, String key) {
    return new Graph.Selector(
        field.require("producerSubtask", "name the task").text(),
        field.require(key, "name the task's output").text());
  }
}
