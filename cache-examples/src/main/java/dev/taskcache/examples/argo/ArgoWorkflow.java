package dev.taskcache.examples.argo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A checked pipeline as a workflow: one template per component that it uses, and its own. */
final class ArgoWorkflow {
  private static final String ROOT = "root";

  private final IrNode plan;
  private final IrNode pipeline;
  private final Map<String, IrNode> components;

  ArgoWorkflow(IrNode plan, IrNode pipeline) {
    this.plan = plan;
    this.pipeline = pipeline;
    this.components = pipeline.entriesAt("components");
  }

  /** The document. */
  Map<String, Object> document() {
    IrNode root = pipeline.require(ROOT);
    if (root.get("dag") == null) {
      throw root.refusal("is no graph of tasks; write its task under root.dag");
    }
    DagTemplate graph = new DagTemplate(ROOT, root, "workflow.parameters", this::inputs);
    List<Object> templates = new ArrayList<>();
    templates.add(graph.template());
    for (String name : used(root)) {
      templates.add(template(name));
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("entrypoint", ROOT);
    Signatures.put(spec, "arguments", graph.parameters());
    spec.put("templates", templates);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "argoproj.io/v1alpha1");
    document.put("kind", "Workflow");
    String name = pipeline.require("pipelineInfo").text("name");
    document.put("metadata", Map.of("generateName", ArgoNames.generated(name)));
    document.put("spec", spec);
    return document;
  }

  /** The components that are used, directly or not, by name. */
  private Set<String> used(IrNode root) {
    Set<String> used = new TreeSet<>();
    Deque<IrNode> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      for (IrNode task : open.remove().entriesAt("dag", "tasks").values()) {
        String name = task.require("componentRef").text("name");
        if (used.add(name)) {
          open.add(component(name));
        }
      }
    }
    return used;
  }

  private IrNode component(String name) {
    IrNode component = components.get(name);
    if (component == null) {
      throw pipeline.refusal("has no component " + name);
    }
    return component;
  }

  private Set<String> inputs(String name) {
    IrNode component = component(name);
    return component.get("dag") == null
        ? container(name).inputs()
        : component.entriesAt("inputDefinitions", "parameters").keySet();
  }

  private Map<String, Object> template(String name) {
    IrNode component = component(name);
    if (name.equals(ROOT)) {
      throw component.refusal("is called as the whole pipeline is; call it otherwise");
    }
    ArgoNames.field(name, component);
    return component.get("dag") == null
        ? container(name).template()
        : new DagTemplate(name, component, "inputs.parameters", this::inputs).template();
  }

  private ContainerTemplate container(String name) {
    IrNode component = component(name);
    String label = component.text("executorLabel");
    IrNode platform = plan.at("platforms", "kubernetes", "deploymentSpec", "executors", label);
    if (platform != null) {
      throw platform.refusal("is what Kubernetes adds, which is not carried over to Argo");
    }
    IrNode executor = pipeline.at("deploymentSpec", "executors", label);
    IrNode container = executor == null ? null : executor.get("container");
    if (executor == null || container == null) {
      IrNode place = executor == null ? component : executor;
      throw place.refusal("is an importer, for which Argo has no counterpart; pass parameters");
    }
    executor.only("container");
    return new ContainerTemplate(name, component, container);
  }
}
