package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version as the Kubeflow Pipelines API gives it.
 *
 * @param pipeline the id of its pipeline; empty if the answer does not say it
 * @param id its own
 * @param number after semver.org, from what people call it; null if that is none
 * @param definition the text that stands for {@code pipeline_spec}
 */
record KfpVersion(
    String pipeline, String id, Instant createdAt, @Nullable String number, String definition) {

  /** Reads a version, null if there is nothing in it that could be run. */
  static @Nullable KfpVersion read(JsonField fields) throws IOException {
    JsonField spec = fields.find("pipeline_spec");
    if (fields.find("error") != null || spec == null) {
      return null;
    }
    String definition;
    try {
      definition = KfpPipeline.text(spec.value());
    } catch (IllegalArgumentException e) {
      throw spec.refuse(String.valueOf(e.getMessage()));
    }
    String number = PipelineVersion.numberIn(fields.textOrEmpty("display_name"));
    return new KfpVersion(
        fields.textOrEmpty("pipeline_id"),
        fields.get("pipeline_version_id").filled(),
        fields.get("created_at").instant(),
        number == null ? PipelineVersion.numberIn(fields.textOrEmpty("name")) : number,
        definition);
  }

  byte[] content() {
    return definition.getBytes(UTF_8);
  }

  PipelineVersion of(String named) {
    return new PipelineVersion(
        named, id, createdAt, VersionState.READY, PipelineVersion.digestOf(content()), number);
  }
}
