package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a driver puts into {@code CacheKey} for a task of a run. */
record TaskMessages(KfpDriver driver, KfpArtifactNames names) {
  private static final String WORKSPACE = "workspace_path";

  CacheKeyMessage of(KfpTask task) {
    KfpTask.Facts facts = task.facts();
    return new CacheKeyMessage(
        inputArtifacts(facts.artifacts()),
        facts.parameters(),
        Map.of(),
        outputArtifacts(facts.component().outputs()),
        outputParameters(facts.component().outputs()),
        process(task));
  }

  private Map<String, List<String>> inputArtifacts(Map<String, InputValue> inputs) {
    Map<String, List<String>> all = new HashMap<>();
    inputs.forEach(
        (input, value) -> {
          Place place = Place.of("artifacts").field(input);
          List<InputValue> given =
              value instanceof InputValue.ListValue list ? list.elements() : List.of(value);
          List<String> called = new ArrayList<>();
          for (InputValue each : given) {
            String name = names.name(input, called.size(), (InputValue.Artifact) each);
            called.add(Texts.checked(name, place.index(called.size())));
          }
          all.put(input, called);
        });
    return all;
  }

  private Map<String, CacheKeyMessage.Output> outputArtifacts(Signature outputs) {
    Map<String, CacheKeyMessage.Output> all = new HashMap<>();
    outputs
        .artifacts()
        .forEach(
            (name, kind) ->
                all.put(name, new CacheKeyMessage.Output(name, type(kind), kind.metadata())));
    if (driver.publishesLogs() && driver.release().addsExecutorLogs()) {
      all.put(CacheKeyMessage.LOGS, CacheKeyMessage.LOGS_OUTPUT);
    }
    return all;
  }

  private static CacheKeyMessage.ArtifactType type(Signature.ArtifactKind kind) {
    String version = kind.schemaVersion();
    return new CacheKeyMessage.ArtifactType(
        kind.kind(), kind.type(), version == null ? "" : version);
  }

  private static Map<String, String> outputParameters(Signature outputs) {
    Map<String, String> types = new HashMap<>();
    outputs.parameters().forEach((name, each) -> types.put(name, each.typeName()));
    return types;
  }

  private CacheKeyMessage.Process process(KfpTask task) {
    Container container = (Container) task.component().body();
    List<CacheKeyMessage.Variable> env = new ArrayList<>();
    for (Container.Variable each : container.env()) {
      env.add(new CacheKeyMessage.Variable(each.name(), each.value().source()));
    }
    List<String> words = new ArrayList<>(task.command());
    words.addAll(task.args());
    List<String> volumes = new ArrayList<>(task.process().volumes());
    String workspace = driver.workspace();
    if (workspace != null && usesWorkspace(container, task)) {
      volumes.add(Texts.checked(workspace, Place.of("workspace")));
    }
    return new CacheKeyMessage.Process(container.image().source(), words, env, volumes);
  }

  private static boolean usesWorkspace(Container container, KfpTask task) {
    Stream<Placeholder> given =
        task.facts().task().parameters().values().stream()
            .filter(each -> each.source() instanceof ParameterSource.Constant)
            .flatMap(
                each ->
                    Template.in(((ParameterSource.Constant) each.source()).value(), each.spot())
                        .stream());
    return Stream.concat(container.placeholders().map(Container.Mention::placeholder), given)
        .anyMatch(each -> each.name().equals(WORKSPACE));
  }
}
