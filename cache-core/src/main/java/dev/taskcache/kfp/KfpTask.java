package dev.taskcache.kfp;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.EnvVar;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.ResolvedOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One executable task of a run, whose inputs are known: what a cache is asked about, and what is
 * executed if the cache does not have it. Immutable and thread-safe; equal only to itself.
 */
public final class KfpTask {
  private final Facts facts;
  private final Process process;
  private final Map<String, InputValue> imported;
  private final TaskRequest request;
  private final ResolvedOptions caching;

  KfpTask(
      Facts facts,
      Process process,
      Map<String, InputValue> imported,
      TaskRequest request,
      ResolvedOptions caching) {
    this.facts = facts;
    this.process = process;
    this.imported = Map.copyOf(imported);
    this.request = request;
    this.caching = caching;
  }

  /**
   * The task's place in the run.
   *
   * @return task names from the outside in, with the iteration in loops: {@code train}, {@code
   *     sub-pipeline.train}, {@code loop[0].inner[1].print}
   */
  public String path() {
    return facts.path();
  }

  /**
   * The line of the task in its file.
   *
   * @return from 1
   */
  public int line() {
    return facts.task().spot().line();
  }

  /**
   * What to ask a cache.
   *
   * @return the request, with what the file and the run say about caching; {@link
   *     TaskRequest#notCached} says why the task can never be cached
   */
  public TaskRequest request() {
    return request;
  }

  /**
   * How the file wants the task to be cached: {@code cachingOptions} of the task, or of the nearest
   * sub-pipeline around it that switches caching off for all that is inside. What the run says is
   * not in it.
   *
   * @return the options, with the line that decided; read and write for an importer, of which
   *     nothing is cached
   */
  public ResolvedOptions caching() {
    return caching;
  }

  /**
   * Whether no process runs: the task's only output is an artifact that lies somewhere already.
   * Then {@link #importedOutputs} is all there is to do.
   *
   * @return true for an importer
   */
  public boolean isImporter() {
    return facts.component().body() instanceof Importer;
  }

  /**
   * The outputs of an importer, to be passed to {@link KfpRun#succeeded}.
   *
   * @return one artifact, by URI and without a digest; empty for any other task
   */
  public Map<String, InputValue> importedOutputs() {
    return imported;
  }

  /**
   * The image as the run has it, placeholders filled in.
   *
   * @return empty for an importer
   */
  public Optional<String> image() {
    return isImporter() ? Optional.empty() : Optional.of(process.image());
  }

  /**
   * The command as the file has it, placeholders and all.
   *
   * @return words in order; may be empty
   */
  public List<String> command() {
    return process.command();
  }

  /**
   * The arguments as the file has them, placeholders and all.
   *
   * @return words in order; may be empty
   */
  public List<String> args() {
    return process.args();
  }

  /**
   * The environment; input parameters are filled in, other placeholders are not.
   *
   * @return variables in order
   */
  public List<EnvVar> env() {
    return process.env();
  }

  /**
   * The input parameters.
   *
   * @return value by name, of the declared type, defaults filled in; without absent ones
   */
  public Map<String, InputValue> parameters() {
    return facts.declaredParameters();
  }

  /**
   * The input artifacts.
   *
   * @return by name an {@link InputValue.Artifact}, or a list of them; without absent ones
   */
  public Map<String, InputValue> artifacts() {
    return facts.artifacts();
  }

  /**
   * The declared output parameters.
   *
   * @return type by name
   */
  public Map<String, ValueType> outputParameters() {
    return outputParameters(facts.component());
  }

  /**
   * The declared output artifacts.
   *
   * @return by name an {@link ValueType.ArtifactType}, or a list of it
   */
  public Map<String, ValueType> outputArtifacts() {
    return outputArtifacts(facts.component());
  }

  /**
   * Fills in every placeholder, for an execution.
   *
   * @param paths where this execution reads and writes
   * @return what to execute; empty command and arguments for an importer
   */
  public KfpCommand render(KfpPaths paths) {
    return isImporter()
        ? new KfpCommand(List.of(), List.of(), Map.of())
        : new Renderer(facts, paths).command(process.env());
  }

  /**
   * The path.
   *
   * @return for instance {@code train[2]}
   */
  @Override
  public String toString() {
    return path();
  }

  Component component() {
    return facts.component();
  }

  Facts facts() {
    return facts;
  }

  Process process() {
    return process;
  }

  static Map<String, ValueType> outputParameters(Component component) {
    Map<String, ValueType> types = new TreeMap<>();
    component
        .outputs()
        .parameters()
        .forEach((name, each) -> types.put(name, each.type().valueType()));
    return types;
  }

  static Map<String, ValueType> outputArtifacts(Component component) {
    Map<String, ValueType> types = new TreeMap<>();
    component.outputs().artifacts().forEach((name, each) -> types.put(name, each.valueType()));
    return types;
  }

  /**
   * Its image and environment, input parameters filled in, and its words as they are.
   *
   * @param volumes the names of the volume claims that it mounts
   */
  record Process(
      String image,
      List<String> command,
      List<String> args,
      List<EnvVar> env,
      List<String> volumes) {
    static final Process NONE = new Process("", List.of(), List.of(), List.of(), List.of());

    static Process of(Container container, Facts facts, List<String> volumes) {
      List<EnvVar> env = new ArrayList<>();
      for (Container.Variable each : container.env()) {
        String value = each.value().fill(facts::fillParameter);
        env.add(each.spot().locate(() -> new EnvVar(each.name(), value)));
      }
      return new Process(
          container.image().fill(facts::fillParameter),
          container.command().texts(),
          container.args().texts(),
          List.copyOf(env),
          volumes);
    }
  }

  /** The task in its run: where it is and what it is given, declared or not. */
  record Facts(
      RunFacts run,
      Task task,
      Component component,
      String path,
      Map<String, InputValue> parameters,
      Map<String, InputValue> artifacts) {

    /** Makes the maps unmodifiable. */
    Facts {
      parameters = Collections.unmodifiableMap(parameters);
      artifacts = Collections.unmodifiableMap(artifacts);
    }

    /** What the component itself sees. */
    Map<String, InputValue> declaredParameters() {
      Map<String, InputValue> declared = new TreeMap<>(parameters);
      declared.keySet().retainAll(component.inputs().parameters().keySet());
      return declared;
    }

    /** The inputs that are in the key: those that it declares, and those that its words name. */
    Map<String, InputValue> counted() {
      Map<String, InputValue> counted = new TreeMap<>(artifacts);
      counted.putAll(declaredParameters());
      if (component.body() instanceof Container container) {
        for (String name : container.undeclared(component.inputs())) {
          InputValue value = parameters.get(name);
          if (value != null) {
            counted.put(name, value);
          }
        }
      }
      return counted;
    }

    String fillParameter(Placeholder placeholder) {
      return fill(placeholder, parameters);
    }

    /** An input parameter's text, {@code null} if it is absent; any other placeholder as it is. */
    static String fill(Placeholder placeholder, Map<String, InputValue> parameters) {
      if (placeholder.kind() != Placeholder.Kind.INPUT_PARAMETER) {
        return placeholder.text();
      }
      InputValue value = parameters.get(placeholder.name());
      return Escapes.of(
          value == null ? "null" : JsonText.ofParameter(value), placeholder.escapes());
    }
  }
}
