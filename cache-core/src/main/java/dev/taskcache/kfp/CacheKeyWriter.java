package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.Place;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code CacheKey} as the driver hashes it: empty fields left out, but for a process, which
 * it always sets. The order of its own fields is that of their names' bytes.
 */
final class CacheKeyWriter {
  private static final Place VALUES = Place.of("inputParameterValues");
  private static final Place OUTPUTS = Place.of("outputArtifactsSpec");

  private final GoJson json;

  private CacheKeyWriter(GoJson json) {
    this.json = json;
  }

  static byte[] bytes(CacheKeyMessage key, KfpRelease release) {
    GoJson json = new GoJson(release.writesShortEscapes());
    new CacheKeyWriter(json).write(key, release);
    return json.bytes();
  }

  /** How one value of a map is written. */
  @FunctionalInterface
  private interface Entry<T> {
    void write(String name, T value);
  }

  private void write(CacheKeyMessage key, KfpRelease release) {
    json.mark('{');
    json.key("containerSpec");
    process(key.process(), release);
    map("inputArtifactNames", key.inputArtifactNames(), (name, artifacts) -> names(artifacts));
    map(
        "inputParameterValues",
        key.inputParameterValues(),
        (name, value) -> json.value(value, VALUES.field(name)));
    map(
        "inputParameters",
        key.inputParameters(),
        (name, value) -> json.value(value, Place.of("inputParameters").field(name)));
    map("outputArtifactsSpec", key.outputArtifacts(), this::output);
    map("outputParametersSpec", key.outputParameters(), (name, type) -> json.text(type));
    json.mark('}');
  }

  private void process(CacheKeyMessage.Process process, KfpRelease release) {
    json.mark('{');
    texts("cmdArgs", process.words());
    if (release.hashesEnvironment() && !process.env().isEmpty()) {
      json.key("env").mark('[');
      for (CacheKeyMessage.Variable variable : process.env()) {
        json.comma().mark('{');
        text("name", variable.name());
        text("value", variable.value());
        json.mark('}');
      }
      json.mark(']');
    }
    text("image", process.image());
    if (release.hashesVolumes()) {
      texts("pvcNames", process.volumes());
    }
    json.mark('}');
  }

  private void names(List<String> artifacts) {
    json.mark('{');
    texts("artifactNames", artifacts);
    json.mark('}');
  }

  private void output(String output, CacheKeyMessage.Output artifact) {
    json.mark('{');
    InputValue.MapValue metadata = artifact.metadata();
    if (metadata != null) {
      json.key("metadata").value(metadata, OUTPUTS.field(output).field("metadata"));
    }
    text("name", artifact.name());
    CacheKeyMessage.ArtifactType type = artifact.type();
    if (type != null) {
      json.key("type").mark('{');
      if (type.kind() != null) {
        // One of several fields: it is there even if it is empty.
        json.key(type.kind()).text(type.text());
      }
      text("schemaVersion", type.version());
      json.mark('}');
    }
    json.mark('}');
  }

  private <T> void map(String field, Map<String, T> entries, Entry<T> writer) {
    if (!entries.isEmpty()) {
      json.key(field).mark('{');
      for (Map.Entry<String, T> each : GoJson.sorted(entries)) {
        json.key(each.getKey());
        writer.write(each.getKey(), each.getValue());
      }
      json.mark('}');
    }
  }

  private void texts(String field, List<String> texts) {
    if (!texts.isEmpty()) {
      json.key(field).texts(texts);
    }
  }

  private void text(String field, String text) {
    if (!text.isEmpty()) {
      json.key(field).text(text);
    }
  }
}
