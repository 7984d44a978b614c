package dev.taskcache.examples.argo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A graph of tasks, as a template.
 *
 * @param name the template's name
 * @param component the pipeline or sub-pipeline
 * @param inputs how its tasks name its inputs, for instance {@code workflow.parameters}
 * @param templates gives for a component's name the inputs of its template
 */
record DagTemplate(String name, IrNode component, String inputs, Templates templates) {

  /** What a graph asks about the templates that its tasks use. */
  interface Templates {
    /** The inputs of a component's template, sorted. */
    Set<String> inputs(String component);
  }

  Map<String, Object> template() {
    Signatures.parametersOnly(component);
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("name", name);
    if (inputs.startsWith("inputs")) {
      Signatures.put(template, "inputs", parameters());
    }
    List<Object> tasks = new ArrayList<>();
    component
        .require("dag")
        .entriesAt("tasks")
        .forEach((task, node) -> tasks.add(task(task, node)));
    template.put("dag", Map.of("tasks", tasks));
    Signatures.put(template, "outputs", outputs());
    return template;
  }

  /** What the graph takes, with defaults. */
  List<Object> parameters() {
    List<Object> parameters = new ArrayList<>();
    component
        .entriesAt("inputDefinitions", "parameters")
        .forEach(
            (parameter, definition) -> {
              Map<String, Object> named = Signatures.named(parameter, definition);
              IrNode value = definition.get("defaultValue");
              if (value != null) {
                named.put("value", ArgoText.ofValue(value));
              } else if (definition.node().path("isOptional").asBoolean()) {
                throw definition.refusal(
                    "is optional and has no default, but Argo knows no absent parameters; give it"
                        + " a default");
              }
              parameters.add(named);
            });
    return parameters;
  }

  private List<Object> outputs() {
    List<Object> outputs = new ArrayList<>();
    component
        .entriesAt("dag", "outputs", "artifacts")
        .values()
        .forEach(
            artifact -> {
              throw artifact.refusal("is an artifact, which is not carried over to Argo");
            });
    component
        .entriesAt("dag", "outputs", "parameters")
        .forEach(
            (output, source) -> {
              IrNode one = source.get("valueFromParameter");
              if (one == null) {
                throw source.refusal("is one of several tasks', which needs conditions");
              }
              Map<String, Object> parameter = Signatures.named(output, source);
              String from = ofTask(one.text("producerSubtask"), one.text("outputParameterKey"));
              parameter.put("valueFrom", Map.of("parameter", from));
              outputs.add(parameter);
            });
    return outputs;
  }

  private Map<String, Object> task(String task, IrNode node) {
    node.only("cachingOptions", "componentRef", "dependentTasks", "inputs", "taskInfo");
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("name", ArgoNames.field(task, node));
    String used = node.require("componentRef").text("name");
    all.put("template", used);
    Map<String, IrNode> given = node.entriesAt("inputs", "parameters");
    Set<String> before = new TreeSet<>();
    node.items("dependentTasks").forEach(each -> before.add(each.node().asText()));
    given
        .values()
        .forEach(
            source -> {
              IrNode output = source.get("taskOutputParameter");
              if (output != null) {
                before.add(output.text("producerTask"));
              }
            });
    if (!before.isEmpty()) {
      all.put("dependencies", List.copyOf(before));
    }
    List<Object> arguments = new ArrayList<>();
    for (String input : templates.inputs(used)) {
      IrNode source = given.get(input);
      if (source != null && !isAbsent(source)) {
        Map<String, Object> argument = Signatures.named(input, source);
        argument.put("value", value(input, given, node, new LinkedHashSet<>()));
        arguments.add(argument);
      }
    }
    Signatures.put(all, "arguments", arguments);
    return all;
  }

  /** A constant null is what compilers write for what is not given. */
  private static boolean isAbsent(IrNode source) {
    IrNode value = source.get("runtimeValue");
    return value != null && value.get("constant") == null && value.get("constantValue") == null;
  }

  private String value(String input, Map<String, IrNode> given, IrNode task, Set<String> open) {
    IrNode source = given.get(input);
    if (source == null || isAbsent(source)) {
      throw task.refusal("fills in the input \"" + input + "\", which it is not given");
    } else if (!open.add(input)) {
      throw source.refusal("is filled in with itself; take the placeholder out");
    }
    source.only("taskOutputParameter", "componentInputParameter", "runtimeValue");
    IrNode output = source.get("taskOutputParameter");
    IrNode constant = source.at("runtimeValue", "constant");
    if (output != null) {
      return ofTask(output.text("producerTask"), output.text("outputParameterKey"));
    } else if (source.get("componentInputParameter") != null) {
      return "{{" + inputs + "." + source.text("componentInputParameter") + "}}";
    } else if (constant == null) {
      // An older compiler names the type beside the value.
      constant = source.entriesAt("runtimeValue", "constantValue").values().iterator().next();
    }
    String text =
        ArgoText.ofConstant(
            constant, other -> value(other, given, task, new LinkedHashSet<>(open)));
    open.remove(input);
    return text;
  }

  private static String ofTask(String task, String output) {
    return "{{tasks." + task + ".outputs.parameters." + output + "}}";
  }
}
