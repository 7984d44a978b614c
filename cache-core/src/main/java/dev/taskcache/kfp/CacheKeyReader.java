package dev.taskcache.kfp;

import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code CacheKey} from proto3 JSON; what no driver puts into it is checked and dropped. */
final class CacheKeyReader {
  private CacheKeyReader() {}

  static CacheKeyMessage read(InputValue json, Place place) {
    ProtoMessage key =
        ProtoMessage.of(
            json,
            place,
            "inputArtifactNames",
            "inputParameters",
            "outputArtifactsSpec",
            "outputParametersSpec",
            "containerSpec",
            "input_parameter_values");
    return new CacheKeyMessage(
        key.map("inputArtifactNames", CacheKeyReader::names),
        key.map("inputParameterValues", (value, at) -> value),
        key.map("inputParameters", CacheKeyReader::typed),
        key.map("outputArtifactsSpec", CacheKeyReader::output),
        key.map("outputParametersSpec", Forms::text),
        key.message("containerSpec", CacheKeyReader::process, CacheKeyMessage.Process.NONE));
  }

  private static List<String> names(InputValue json, Place place) {
    return ProtoMessage.of(json, place, "artifactNames").list("artifactNames", Forms::text);
  }

  private static CacheKeyMessage.Process process(InputValue json, Place place) {
    ProtoMessage spec = ProtoMessage.of(json, place, "image", "cmdArgs", "pvcNames", "env");
    return new CacheKeyMessage.Process(
        spec.text("image"),
        spec.list("cmdArgs", Forms::text),
        spec.list("env", CacheKeyReader::variable),
        spec.list("pvcNames", Forms::text));
  }

  private static CacheKeyMessage.Variable variable(InputValue json, Place place) {
    ProtoMessage variable = ProtoMessage.of(json, place, "name", "value");
    return new CacheKeyMessage.Variable(variable.text("name"), variable.text("value"));
  }

  private static CacheKeyMessage.Output output(InputValue json, Place place) {
    ProtoMessage artifact =
        ProtoMessage.of(
            json,
            place,
            "name",
            "type",
            "uri",
            "properties",
            "custom_properties",
            "metadata",
            "custom_path");
    artifact.text("uri");
    artifact.text("customPath");
    artifact.map("properties", CacheKeyReader::typed);
    artifact.map("customProperties", CacheKeyReader::typed);
    return new CacheKeyMessage.Output(
        artifact.text("name"),
        artifact.optional("type", CacheKeyReader::type),
        artifact.optional(
            "metadata", (value, at) -> new InputValue.MapValue(Forms.map(value, at))));
  }

  private static CacheKeyMessage.ArtifactType type(InputValue json, Place place) {
    ProtoMessage type =
        ProtoMessage.of(
            json, place, "schema_title", "schema_uri", "instance_schema", "schema_version");
    String kind = type.oneOf("schemaTitle", "schemaUri", "instanceSchema");
    return new CacheKeyMessage.ArtifactType(
        kind, kind == null ? "" : type.text(kind), type.text("schemaVersion"));
  }

  /** A value of the deprecated kind, as proto3 JSON writes it. */
  private static InputValue typed(InputValue json, Place place) {
    ProtoMessage value = ProtoMessage.of(json, place, "int_value", "double_value", "string_value");
    String kind = value.oneOf("intValue", "doubleValue", "stringValue");
    if (kind == null) {
      return InputValue.MapValue.EMPTY;
    }
    InputValue written = set(value, kind);
    return new InputValue.MapValue(Map.of(kind, written));
  }

  private static InputValue set(ProtoMessage value, String kind) {
    @Nullable InputValue written =
        switch (kind) {
          case "intValue" -> value.optional(kind, ProtoNumbers::int64);
          case "doubleValue" -> value.optional(kind, ProtoNumbers::float64);
          default -> new InputValue.Text(value.text(kind));
        };
    return written == null ? InputValue.Null.NULL : written;
  }
}
