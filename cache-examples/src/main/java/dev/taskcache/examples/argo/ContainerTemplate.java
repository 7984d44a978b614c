package dev.taskcache.examples.argo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A component that is a process, as a template.
 *
 * @param name its name, here and there
 * @param component the component
 * @param container its executor's container
 */
record ContainerTemplate(String name, IrNode component, IrNode container) {

  /** The inputs that it has: those that it declares, and those that its words name beside. */
  Set<String> inputs() {
    Set<String> names =
        new TreeSet<>(component.entriesAt("inputDefinitions", "parameters").keySet());
    texts().forEach(text -> names.addAll(ArgoText.inputs(text)));
    return names;
  }

  private List<IrNode> texts() {
    List<IrNode> texts = new ArrayList<>();
    texts.add(container.require("image"));
    texts.addAll(container.items("command"));
    texts.addAll(container.items("args"));
    for (IrNode variable : container.items("env")) {
      IrNode value = variable.get("value");
      if (value != null) {
        texts.add(value);
      }
    }
    return texts;
  }

  Map<String, Object> template() {
    container.only("image", "command", "args", "env");
    Signatures.parametersOnly(component);
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("name", name);
    List<Object> inputs = new ArrayList<>();
    Map<String, IrNode> declared = component.entriesAt("inputDefinitions", "parameters");
    for (String input : inputs()) {
      IrNode definition = declared.getOrDefault(input, component);
      Map<String, Object> parameter = Signatures.named(input, definition);
      IrNode value = definition.get("defaultValue");
      if (value != null) {
        parameter.put("value", ArgoText.ofValue(value));
      } else if (!declared.containsKey(input) || definition.node().path("isOptional").asBoolean()) {
        parameter.put("value", "null"); // What Kubeflow writes for what is absent.
      }
      inputs.add(parameter);
    }
    Signatures.put(template, "inputs", inputs);
    template.put("container", process());
    List<Object> outputs = new ArrayList<>();
    component
        .entriesAt("outputDefinitions", "parameters")
        .forEach(
            (output, definition) -> {
              Map<String, Object> parameter = Signatures.named(output, definition);
              parameter.put("valueFrom", Map.of("path", "/tmp/outputs." + output));
              outputs.add(parameter);
            });
    Signatures.put(template, "outputs", outputs);
    return template;
  }

  private Map<String, Object> process() {
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("image", ArgoText.ofWord(container.require("image")));
    for (String words : List.of("command", "args")) {
      List<String> all = container.items(words).stream().map(ArgoText::ofWord).toList();
      if (!all.isEmpty()) {
        process.put(words, all);
      }
    }
    List<Object> variables = new ArrayList<>();
    for (IrNode variable : container.items("env")) {
      IrNode value = variable.get("value");
      Map<String, Object> named = new LinkedHashMap<>();
      named.put("name", variable.text("name"));
      named.put("value", value == null ? "" : ArgoText.ofWord(value));
      variables.add(named);
    }
    if (!variables.isEmpty()) {
      process.put("env", variables);
    }
    return process;
  }
}
