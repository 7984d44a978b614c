package dev.taskcache.kfp;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Limits;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.NotCached;
import dev.taskcache.policy.OptionResolver;
import dev.taskcache.policy.ResolvedOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the executable tasks of a run, each with what a cache is asked. */
final class TaskBuilder {
  private final RunFacts facts;
  private final ComponentSpecs components = new ComponentSpecs();

  TaskBuilder(RunFacts facts) {
    this.facts = facts;
  }

  /** A task, or else the input that is missing. */
  record Result(@Nullable KfpTask task, Resolved missing) {
    static Result missing(Resolved missing) {
      return new Result(null, missing);
    }
  }

  Result build(Task task, Component component, TaskInputs inputs, String path, Group around) {
    Optional<Resolved> missing = inputs.missing();
    if (missing.isPresent()) {
      return Result.missing(missing.get());
    }
    Map<String, InputValue> parameters = TaskInputs.known(inputs.parameters());
    Map<String, InputValue> artifacts = TaskInputs.known(inputs.artifacts());
    artifacts.keySet().retainAll(component.inputs().artifacts().keySet());
    KfpTask.Facts about = new KfpTask.Facts(facts, task, component, path, parameters, artifacts);
    if (component.body() instanceof Importer importer) {
      return new Result(importer(importer, about), Resolved.Absent.ABSENT);
    }
    Platforms platforms = new Platforms(facts, task, around);
    Map<String, InputValue> platform = platforms.entries((Container) component.body(), parameters);
    return platforms.missing().isPresent()
        ? Result.missing(platforms.missing().get())
        : new Result(
            container(about, platform, platforms.volumes(), around), Resolved.Absent.ABSENT);
  }

  private KfpTask container(
      KfpTask.Facts about, Map<String, InputValue> platform, List<String> volumes, Group around) {
    Container container = (Container) about.component().body();
    KfpTask.Process process = KfpTask.Process.of(container, about, volumes);
    ImageRef image = container.spot().locate(() -> ImageRef.parse(process.image()));
    TaskRequest.Builder request =
        TaskRequest.builder(components.of(about, process, image, platform));
    about.counted().forEach(request::input);
    request.outputs(components.outputs(about.component()));
    List<Layer> written = Caching.layers(about.task(), around.caching());
    ResolvedOptions options = OptionResolver.resolve(written, Limits.NONE);
    List<Layer> all = new ArrayList<>(written);
    all.addAll(facts.overrides().of(about.path(), options));
    all.forEach(layer -> request.options(layer.level(), layer.where(), layer.options()));
    if (OptionResolver.resolve(all, Limits.NONE).mode() != Mode.OFF) {
      runSpecific(container, about).ifPresent(request::notCached);
    }
    return new KfpTask(about, process, Map.of(), common(request, about).build(), options);
  }

  private KfpTask importer(Importer importer, KfpTask.Facts about) {
    Map<String, InputValue> outputs = new TreeMap<>();
    InputValue artifact = Imports.artifact(importer, about);
    about.component().outputs().artifacts().keySet().forEach(name -> outputs.put(name, artifact));
    TaskRequest.Builder request = TaskRequest.builder(components.importer(about.component()));
    about.counted().forEach(request::input);
    request.outputs(components.outputs(about.component()));
    request.notCached(
        new NotCached(
            Reason.CACHING_OFF,
            importer.spot()
                + " is an importer: no process runs, so there is nothing to cache; what uses its"
                + " artifact can be cached"));
    return new KfpTask(
        about,
        KfpTask.Process.NONE,
        outputs,
        common(request, about).build(),
        OptionResolver.resolve(List.of(), Limits.NONE));
  }

  private TaskRequest.Builder common(TaskRequest.Builder request, KfpTask.Facts about) {
    return request
        .namespace(facts.namespace())
        .identity(new TaskIdentity(facts.spec().name(), facts.runId(), about.path()));
  }

  /** Why a process, or a text that it is given, is different in every run. */
  private static Optional<NotCached> runSpecific(Container container, KfpTask.Facts about) {
    Stream<String> mentions =
        Stream.concat(container.placeholders(), places(about.task()))
            .filter(each -> each.placeholder().kind() == Placeholder.Kind.RUN_SPECIFIC)
            .map(each -> each.spot() + " has " + each.placeholder().text());
    String pod = container.platform().runSpecific();
    Stream<String> platform =
        Stream.concat(Stream.ofNullable(pod), Stream.ofNullable(engineStep(container)));
    return Stream.concat(mentions, platform)
        .findFirst()
        .map(
            found ->
                new NotCached(
                    Reason.RUN_SPECIFIC,
                    found
                        + ", which is different in every run; take it out, or pass it as an input"
                        + " that the task does not need"));
  }

  /** Constants that name places of the run: only the executor knows these. */
  private static Stream<Container.Mention> places(Task task) {
    return task.parameters().values().stream()
        .filter(each -> each.source() instanceof ParameterSource.Constant)
        .flatMap(
            each ->
                Template.in(((ParameterSource.Constant) each.source()).value(), each.spot())
                    .stream()
                    .filter(placeholder -> RunFacts.PLACES.contains(placeholder.name()))
                    .map(placeholder -> new Container.Mention(placeholder, each.spot())));
  }

  private static @Nullable String engineStep(Container container) {
    return container.isVolumeStep()
        ? container.spot() + " is a step of Kubeflow itself that makes or deletes a volume"
        : null;
  }
}
