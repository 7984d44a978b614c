package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks that everything that a pipeline names is there, before anything of it runs. */
final class SpecCheck {
  private final Spec spec;

  /** By component what tasks give it, declared or not. */
  private final Map<String, Set<String>> given = new HashMap<>();

  private SpecCheck(Spec spec) {
    this.spec = spec;
  }

  static void check(Spec spec) {
    SpecCheck check = new SpecCheck(spec);
    spec.components()
        .values()
        .forEach(
            component ->
                component
                    .graph()
                    .ifPresent(
                        graph -> {
                          graph.tasks().values().forEach(t -> check.task(t, component, graph));
                          graph.outputs().forEach((name, o) -> check.output(o, graph));
                        }));
    spec.components().values().forEach(check::executor);
  }

  private void task(Task task, Component around, Graph graph) {
    Component component = spec.component(task.component());
    given
        .computeIfAbsent(component.name(), name -> new TreeSet<>())
        .addAll(task.parameters().keySet());
    task.parameters().forEach((name, each) -> binding(each, around, graph));
    task.artifacts().values().forEach(source -> artifact(source, around, graph));
    task.parameters().forEach((name, each) -> constant(name, each, task, component));
    if (component.body() instanceof Container container) {
      container.platform().names().forEach(each -> binding(each, around, graph));
    }
    Loop loop = task.loop();
    if (loop != null) {
      loop(loop, task);
    }
    component
        .inputs()
        .parameters()
        .forEach(
            (name, declared) -> {
              boolean absent = declared.optional() || declared.defaultValue() != null;
              require(name, absent || isGiven(task.parameters().get(name)), task);
            });
    component
        .inputs()
        .artifacts()
        .forEach(
            (name, declared) ->
                require(name, declared.optional() || task.artifacts().containsKey(name), task));
  }

  private static boolean isGiven(ParameterSource.@Nullable Binding binding) {
    return binding != null
        && !(binding.source() instanceof ParameterSource.Constant constant
            && constant.value() == InputValue.Null.NULL);
  }

  private static void require(String input, boolean there, Task task) {
    if (!there && (task.loop() == null || !task.loop().item().equals(input))) {
      throw task.spot()
          .error(
              "does not give the input \""
                  + input
                  + "\" of "
                  + task.component()
                  + ", which is neither optional nor has a default; give it under inputs");
    }
  }

  private void binding(ParameterSource.Binding binding, Component around, Graph graph) {
    if (binding.source() instanceof ParameterSource.Input input) {
      Set<String> names = around.inputs().parameters().keySet();
      declared(input.name(), names, "input of " + title(around), binding.spot());
    } else if (binding.source() instanceof ParameterSource.Output output) {
      Component producer = producer(output.task(), graph, binding.spot());
      Set<String> names = producer.outputs().parameters().keySet();
      declared(output.key(), names, "output of the task " + output.task(), binding.spot());
    } else if (binding.source() instanceof ParameterSource.FinalStatus status) {
      producer(status.task(), graph, binding.spot());
    }
  }

  private void artifact(ArtifactSource source, Component around, Graph graph) {
    if (source instanceof ArtifactSource.Input input) {
      Set<String> names = around.inputs().artifacts().keySet();
      declared(input.name(), names, "input artifact of " + title(around), input.spot());
    } else if (source instanceof ArtifactSource.Output output) {
      Set<String> names =
          producer(output.task(), graph, output.spot()).outputs().artifacts().keySet();
      declared(output.key(), names, "output artifact of the task " + output.task(), output.spot());
    }
  }

  private void output(Graph.Output output, Graph graph) {
    for (Graph.Selector selector : output.selectors()) {
      Signature outputs = producer(selector.task(), graph, output.spot()).outputs();
      Set<String> names = new TreeSet<>(outputs.parameters().keySet());
      names.addAll(outputs.artifacts().keySet());
      declared(selector.key(), names, "output of the task " + selector.task(), output.spot());
    }
  }

  private Component producer(String name, Graph graph, Spot spot) {
    Task task = graph.tasks().get(name);
    if (task == null) {
      throw spot.error(
          "there is no task \"" + name + "\" beside it; write one of " + graph.tasks().keySet());
    }
    return spec.component(task.component());
  }

  private static void constant(
      String name, ParameterSource.Binding binding, Task task, Component component) {
    if (!(binding.source() instanceof ParameterSource.Constant constant)) {
      return;
    }
    boolean plain = true;
    for (Placeholder placeholder : Template.in(constant.value(), binding.spot())) {
      plain = false;
      placeholder(placeholder, task.parameters().keySet(), binding.spot());
    }
    Signature.Parameter declared = component.inputs().parameters().get(name);
    if (plain
        && declared != null
        && binding.selector() == null
        && constant.value() != InputValue.Null.NULL
        && declared.type().convert(constant.value()).isEmpty()) {
      throw binding
          .spot()
          .error(
              JsonText.json(constant.value())
                  + " is no "
                  + declared.type()
                  + ", as which "
                  + component.name()
                  + " declares it; write one");
    }
  }

  private static void loop(Loop loop, Task task) {
    InputValue items = loop.items();
    if (items != null) {
      Template.in(items, loop.spot())
          .forEach(each -> placeholder(each, task.parameters().keySet(), loop.spot()));
    } else {
      Set<String> names =
          loop.overArtifacts() ? task.artifacts().keySet() : task.parameters().keySet();
      declared(loop.input(), names, "input of the task " + task.name(), loop.spot());
    }
  }

  private static void placeholder(Placeholder placeholder, Set<String> inputs, Spot spot) {
    if (placeholder.kind() == Placeholder.Kind.INPUT_PARAMETER) {
      declared(placeholder.name(), inputs, "input of the task, as " + placeholder.text(), spot);
    }
  }

  private void executor(Component component) {
    if (component.body() instanceof Container container) {
      Set<String> others = given.getOrDefault(component.name(), Set.of());
      PlaceholderCheck.check(component, container, others);
    } else if (component.body() instanceof Importer importer
        && importer.uri().source() instanceof ParameterSource.Input input) {
      Set<String> names = component.inputs().parameters().keySet();
      declared(input.name(), names, "input of " + component.name(), importer.uri().spot());
    }
  }

  static void declared(String name, Set<String> names, String what, Spot spot) {
    if (!names.contains(name)) {
      throw spot.error(
          "\""
              + name
              + "\" is no "
              + what
              + "; "
              + (names.isEmpty() ? "it has none" : "write one of " + names));
    }
  }

  private static String title(Component component) {
    return component.name().equals(Component.ROOT) ? "the pipeline" : component.name();
  }
}
