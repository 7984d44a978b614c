package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes adds to a process and what may change its results: names of volumes, and which
 * keys of which secrets and config maps it sees. Never a secret's value.
 *
 * @param volumes the names of mounted volume claims
 * @param sources secrets, config maps and pod fields
 * @param labels labels and annotations of its pod that look like switches of caching
 * @param runSpecific why it sees something that is different in every run; null if it does not
 */
record PlatformSpec(
    List<ParameterSource.Binding> volumes,
    List<Source> sources,
    List<Label> labels,
    @Nullable String runSpecific) {
  static final PlatformSpec NONE = new PlatformSpec(List.of(), List.of(), List.of(), null);

  /**
   * Something that the process sees.
   *
   * @param kind the entry of the platform that it is part of
   * @param name its name
   * @param details what of it is seen, and where
   */
  record Source(String kind, ParameterSource.Binding name, InputValue details) {}

  /** A label or annotation of the pod, in words, and where it stands. */
  record Label(String written, Spot spot) {}

  /** Every name in it, which may be an output of another task. */
  Stream<ParameterSource.Binding> names() {
    return Stream.concat(volumes.stream(), sources.stream().map(Source::name));
  }

  static PlatformSpec read(@Nullable Field executor) {
    if (executor == null) {
      return NONE;
    }
    List<ParameterSource.Binding> volumes = new ArrayList<>();
    for (Field mount : executor.items("pvcMount")) {
      volumes.add(name(mount, "pvcNameParameter", null));
    }
    List<Source> sources = new ArrayList<>();
    add(sources, executor, "secretAsEnv", "secretName", "secretsAsEnv");
    add(sources, executor, "secretAsVolume", "secretName", "secretsAsVolume");
    add(sources, executor, "configMapAsEnv", "configMapName", "configMapsAsEnv");
    add(sources, executor, "configMapAsVolume", "configMapName", "configMapsAsVolume");
    String runSpecific = podFields(sources, executor);
    return new PlatformSpec(volumes, sources, labels(executor), runSpecific);
  }

  private static List<Label> labels(Field executor) {
    List<Label> found = new ArrayList<>();
    Field metadata = executor.get("podMetadata");
    if (metadata != null) {
      for (String kind : List.of("label", "annotation")) {
        metadata
            .entries(kind + "s")
            .forEach(
                (name, field) -> {
                  if (PodMetadata.SWITCHES.contains(name)) {
                    found.add(new Label(kind + " " + name, field.spot()));
                  }
                });
      }
    }
    return List.copyOf(found);
  }

  private static void add(
      List<Source> sources, Field executor, String field, String nameField, String kind) {
    for (Field each : executor.items(field)) {
      Map<String, Field> fields = each.entries();
      Field details = fields.getOrDefault("keyToEnv", fields.get("mountPath"));
      sources.add(
          new Source(
              kind,
              name(each, nameField + "Parameter", nameField),
              details == null ? InputValue.Null.NULL : details.value()));
    }
  }

  /** A name, which newer compilers write as a parameter and older ones beside it. */
  private static ParameterSource.Binding name(
      Field each, String parameter, @Nullable String plain) {
    Field field = each.get(parameter);
    if (field != null) {
      return ParameterSource.Binding.read(field);
    }
    Field text = plain == null ? null : each.get(plain);
    return text == null
        ? ParameterSource.Binding.read(each)
        : new ParameterSource.Binding(
            new ParameterSource.Constant(text.value()), null, text.spot());
  }

  /** Labels and annotations come from the file; any other field of a pod is new in every run. */
  private static @Nullable String podFields(List<Source> sources, Field executor) {
    String runSpecific = null;
    Field metadata = executor.get("podMetadata");
    for (Field each : executor.items("fieldPathAsEnv")) {
      Field path = each.require("fieldPath", "name the pod's field");
      Field name = each.require("name", "name the variable");
      boolean fromFile =
          path.text().startsWith("metadata.labels")
              || path.text().startsWith("metadata.annotations");
      if (!fromFile && !path.text().equals("metadata.namespace")) {
        runSpecific = path.spot() + " shows the task its pod's " + path.text();
      }
      InputValue shown =
          new InputValue.ListValue(
              List.of(path.value(), metadata == null ? InputValue.Null.NULL : metadata.value()));
      ParameterSource variable = new ParameterSource.Constant(name.value());
      sources.add(
          new Source(
              "podFieldsAsEnv", new ParameterSource.Binding(variable, null, name.spot()), shown));
    }
    return runSpecific;
  }
}
