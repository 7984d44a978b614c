package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the inputs of one task, when all that it waits for has ended. */
final class InputResolver {
  private final Task task;
  private final Component component;
  private final Group around;
  private final RunFacts facts;
  private final String path;
  private final Map<String, Resolved> parameters = new TreeMap<>();
  private final Set<String> open = new HashSet<>();

  private InputResolver(Task task, Group around, RunFacts facts) {
    this.task = task;
    this.component = facts.spec().component(task.component());
    this.around = around;
    this.facts = facts;
    this.path = around.pathOf(task);
  }

  /**
   * The inputs.
   *
   * @throws InvalidPipelineException if one has arrived that is not of its type
   */
  static TaskInputs inputs(Task task, Group around, RunFacts facts) {
    InputResolver resolver = new InputResolver(task, around, facts);
    task.parameters().keySet().forEach(resolver::parameter);
    resolver.component.inputs().parameters().forEach(resolver::addDefault);
    Map<String, Resolved> artifacts = new TreeMap<>();
    task.artifacts()
        .forEach((name, source) -> artifacts.put(name, resolver.artifact(name, source)));
    return new TaskInputs(resolver.parameters, artifacts);
  }

  /** The items of a task's loop. */
  static Resolved items(Loop loop, Task task, Group around, RunFacts facts, TaskInputs inputs) {
    InputValue written = loop.items();
    if (written == null) {
      Map<String, Resolved> among = loop.overArtifacts() ? inputs.artifacts() : inputs.parameters();
      return among.getOrDefault(loop.input(), Resolved.Absent.ABSENT);
    }
    InputResolver resolver = new InputResolver(task, around, facts);
    resolver.parameters.putAll(inputs.parameters());
    return resolver.filled(written, loop.spot());
  }

  /** A name outside the task's own inputs, such as a volume's. */
  static Resolved name(ParameterSource.Binding binding, Task task, Group around, RunFacts facts) {
    return new InputResolver(task, around, facts).resolve(binding);
  }

  private Resolved parameter(String name) {
    Resolved known = parameters.get(name);
    if (known != null) {
      return known;
    }
    ParameterSource.Binding binding = task.parameters().get(name);
    if (binding == null) {
      return Resolved.Absent.ABSENT;
    } else if (!open.add(name)) {
      throw binding.spot().error("is filled in with itself; take the placeholder out");
    }
    Signature.Parameter declared = component.inputs().parameters().get(name);
    Resolved resolved = resolve(binding);
    if (resolved instanceof Resolved.Known value && declared != null) {
      resolved = TaskInputs.typed(value.value(), declared, binding.spot(), component);
    } else if (resolved instanceof Resolved.Lost && mayBeAbsent(declared)) {
      resolved = Resolved.Absent.ABSENT;
    }
    parameters.put(name, resolved);
    return resolved;
  }

  private static boolean mayBeAbsent(Signature.@Nullable Parameter p) {
    return p != null && (p.optional() || p.defaultValue() != null);
  }

  private Resolved resolve(ParameterSource.Binding binding) {
    ParameterSource source = binding.source();
    Resolved resolved;
    if (source instanceof ParameterSource.Constant constant) {
      resolved = filled(constant.value(), binding.spot());
    } else if (source instanceof ParameterSource.Input input) {
      resolved = around.inputs().parameters().getOrDefault(input.name(), Resolved.Absent.ABSENT);
    } else if (source instanceof ParameterSource.Output output) {
      resolved = around.child(output.task()).output(output.key());
    } else {
      String task = ((ParameterSource.FinalStatus) source).task();
      resolved = around.child(task).finalStatus(task, facts);
    }
    Expression selector = binding.selector();
    if (selector != null && resolved instanceof Resolved.Known known) {
      try {
        return Resolved.of(selector.select(known.value()));
      } catch (ExpressionFailedException e) {
        throw selector.spot().error("\"" + selector.text() + "\" failed: " + e.getMessage());
      }
    }
    return resolved;
  }

  /** A constant, its placeholders filled in; not known if one of those is not. */
  private Resolved filled(InputValue constant, Spot spot) {
    Resolved[] missing = {Resolved.Absent.ABSENT};
    InputValue value =
        Template.fill(
            constant,
            spot,
            placeholder -> {
              if (placeholder.kind() != Placeholder.Kind.INPUT_PARAMETER) {
                return facts.text(placeholder, task.name(), path);
              }
              Resolved input = parameter(placeholder.name());
              if (input instanceof Resolved.Known known) {
                return Escapes.of(JsonText.ofParameter(known.value()), placeholder.escapes());
              } else if (input != Resolved.Absent.ABSENT) {
                missing[0] = input;
              }
              return "null";
            });
    return missing[0] == Resolved.Absent.ABSENT ? Resolved.of(value) : missing[0];
  }

  private void addDefault(String name, Signature.Parameter declared) {
    InputValue value = declared.defaultValue();
    boolean absent =
        parameters.getOrDefault(name, Resolved.Absent.ABSENT) == Resolved.Absent.ABSENT;
    Loop loop = task.loop();
    if (!absent || (loop != null && loop.item().equals(name))) {
      return;
    } else if (value != null) {
      parameters.put(name, new Resolved.Known(value));
    } else if (!declared.optional()) {
      throw task.spot()
          .error("nothing has arrived for the input \"" + name + "\", which is not optional");
    }
  }

  private Resolved artifact(String name, ArtifactSource source) {
    Resolved resolved =
        source instanceof ArtifactSource.Output output
            ? around.child(output.task()).output(output.key())
            : around
                .inputs()
                .artifacts()
                .getOrDefault(((ArtifactSource.Input) source).name(), Resolved.Absent.ABSENT);
    Signature.ArtifactKind declared = component.inputs().artifacts().get(name);
    if (declared == null) {
      return resolved;
    } else if (resolved instanceof Resolved.Lost && declared.optional()) {
      return Resolved.Absent.ABSENT;
    }
    return component.graph().isEmpty() && resolved instanceof Resolved.Known known
        ? new Resolved.Known(arranged(known.value(), declared, name))
        : resolved;
  }

  /** A list where one is declared, one artifact where one is. */
  private InputValue arranged(InputValue value, Signature.ArtifactKind declared, String name) {
    if (declared.list()) {
      return value instanceof InputValue.ListValue
          ? value
          : new InputValue.ListValue(List.of(value));
    } else if (value instanceof InputValue.ListValue list) {
      if (list.elements().size() != 1) {
        throw task.spot()
            .error(
                list.elements().size()
                    + " artifacts have arrived for the input \""
                    + name
                    + "\", which takes one");
      }
      return list.elements().get(0);
    }
    return value;
  }
}
