package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The inputs, or the outputs, that a component declares; by name, sorted. */
record Signature(Map<String, Parameter> parameters, Map<String, ArtifactKind> artifacts) {

  /** Whether nothing is declared. */
  boolean isEmpty() {
    return parameters.isEmpty() && artifacts.isEmpty();
  }

  /**
   * A declared parameter; its default is of its type.
   *
   * @param typeName what Kubeflow's driver calls the type
   */
  record Parameter(
      ParameterType type,
      String typeName,
      @Nullable InputValue defaultValue,
      boolean optional,
      Spot spot) {}

  /**
   * A declared artifact, or list of artifacts.
   *
   * @param kind which field of the type's schema names it; null if none does
   * @param metadata what it is declared with; null if there is none
   */
  record ArtifactKind(
      String type,
      @Nullable String kind,
      @Nullable String schemaVersion,
      InputValue.@Nullable MapValue metadata,
      boolean list,
      boolean optional,
      Spot spot) {
    ValueType valueType() {
      ValueType one = new ValueType.ArtifactType(type);
      return list ? new ValueType.ListType(one) : one;
    }
  }

  static Signature read(Field component, String name) {
    Map<String, Parameter> parameters = new TreeMap<>();
    Map<String, ArtifactKind> artifacts = new TreeMap<>();
    Field definitions = component.get(name);
    if (definitions != null) {
      definitions.entries("parameters").forEach((key, f) -> parameters.put(key, parameter(f)));
      definitions.entries("artifacts").forEach((key, f) -> artifacts.put(key, artifact(f)));
      for (String both : artifacts.keySet()) {
        if (parameters.containsKey(both)) {
          throw definitions.spot().error(both + " is a parameter and an artifact; rename one");
        }
      }
    }
    return new Signature(parameters, artifacts);
  }

  private static Parameter parameter(Field field) {
    ParameterType type = ParameterType.read(field);
    Field given = field.get("defaultValue");
    InputValue value =
        given == null
            ? null
            : type.convert(given.value())
                .orElseThrow(
                    () -> given.spot().error("is no " + type + "; write a default of that type"));
    // The driver knows the newer field only.
    String typeName = field.has("parameterType") ? type.name() : "PARAMETER_TYPE_ENUM_UNSPECIFIED";
    return new Parameter(type, typeName, value, field.isTrue("isOptional"), field.spot());
  }

  static ArtifactKind artifact(Field field) {
    Field type = field.require("artifactType", "write the artifact's type");
    return new ArtifactKind(
        typeName(type),
        kind(type),
        type.text("schemaVersion"),
        metadata(field),
        field.isTrue("isArtifactList"),
        field.isTrue("isOptional"),
        field.spot());
  }

  /** The name of an {@code ArtifactTypeSchema}. */
  static String typeName(Field schema) {
    String kind = kind(schema);
    String text = kind == null ? null : schema.text(kind);
    return text == null ? "system.Artifact" : text;
  }

  private static @Nullable String kind(Field schema) {
    for (String name : new String[] {"schemaTitle", "schemaUri", "instanceSchema"}) {
      if (schema.text(name) != null) {
        return name;
      }
    }
    return null;
  }

  private static InputValue.@Nullable MapValue metadata(Field artifact) {
    Field metadata = artifact.get("metadata");
    return metadata != null && metadata.value() instanceof InputValue.MapValue map ? map : null;
  }
}
