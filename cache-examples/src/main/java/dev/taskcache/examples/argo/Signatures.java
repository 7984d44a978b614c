package dev.taskcache.examples.argo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inputs and outputs. */
final class Signatures {
  private Signatures() {}

  /** Refuses a component that takes or gives artifacts: an Argo workflow needs a place for them. */
  static void parametersOnly(IrNode component) {
    component.only("dag", "executorLabel", "inputDefinitions", "outputDefinitions");
    for (String definitions : List.of("inputDefinitions", "outputDefinitions")) {
      for (IrNode artifact : component.entriesAt(definitions, "artifacts").values()) {
        throw artifact.refusal(
            "is an artifact, for which an Argo workflow needs a repository that the pipeline does"
                + " not name; pass parameters");
      }
    }
  }

  /** A parameter of that name, which may get more fields. */
  static Map<String, Object> named(String name, IrNode definition) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", ArgoNames.parameter(name, definition));
    return parameter;
  }

  /** Puts parameters where there are any. */
  static void put(Map<String, Object> template, String where, List<Object> parameters) {
    if (!parameters.isEmpty()) {
      template.put(where, Map.of("parameters", parameters));
    }
  }
}
