package dev.taskcache.http;

import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the answers that {@code docs/pipeline-source.md} says. */
final class VersionAnswers {
  private VersionAnswers() {}

  /** Reads a list of versions. */
  static List<PipelineVersion> list(String pipeline, byte[] answer) throws IOException {
    Map<String, PipelineVersion> versions = new LinkedHashMap<>();
    JsonField whole = JsonField.object(answer);
    whole.get("versions");
    for (JsonField each : whole.elements("versions")) {
      PipelineVersion version = version(pipeline, each);
      if (versions.put(version.id(), version) != null) {
        throw each.get("id").refuse("\"" + version.id() + "\" is listed twice");
      }
    }
    return List.copyOf(versions.values());
  }

  /** Reads one version. */
  static PipelineVersion one(String pipeline, byte[] answer) throws IOException {
    return version(pipeline, JsonField.object(answer));
  }

  private static PipelineVersion version(String pipeline, JsonField fields) throws IOException {
    String number = fields.textOrEmpty("number");
    if (!number.isEmpty() && !number.equals(PipelineVersion.numberIn(number))) {
      throw fields.get("number").refuse("must be a number after semver.org, as 1.4.2 is");
    }
    String id = fields.get("id").filled();
    try {
      return new PipelineVersion(
          pipeline,
          id,
          fields.get("createdAt").instant(),
          state(fields.get("state").filled()),
          fields.get("digest").text(),
          number.isEmpty() ? null : number);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** One that only newer servers know is not selected, and spoils no list. */
  private static VersionState state(String name) {
    for (VersionState each : VersionState.values()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return VersionState.PENDING;
  }
}
