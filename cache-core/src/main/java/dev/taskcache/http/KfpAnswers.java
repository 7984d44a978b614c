package dev.taskcache.http;

import dev.taskcache.key.InputValue;
import dev.taskcache.version.PipelineVersion;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Reads the answers of the Kubeflow Pipelines API, v2beta1. */
final class KfpAnswers {
  private static final BigInteger NOT_FOUND = BigInteger.valueOf(5);

  private KfpAnswers() {}

  /**
   * One of the pages of a list.
   *
   * @param next what to ask for the next one with; empty if there is none
   */
  record Page<T>(List<T> items, String next) {}

  /** The ids of the pipelines with a name: servers compare names less closely. */
  static Page<String> pipelines(String name, byte[] answer) throws IOException {
    JsonField whole = JsonField.object(answer);
    List<String> ids = new ArrayList<>();
    for (JsonField each : whole.elements("pipelines")) {
      if (each.find("error") == null) {
        String shown = each.textOrEmpty("display_name");
        if (name.equals(shown.isEmpty() ? each.textOrEmpty("name") : shown)) {
          ids.add(each.get("pipeline_id").filled());
        }
      }
    }
    return new Page<>(ids, whole.textOrEmpty("next_page_token"));
  }

  /** The versions on a page that could be run. */
  static Page<PipelineVersion> versions(String pipeline, byte[] answer) throws IOException {
    JsonField whole = JsonField.object(answer);
    List<PipelineVersion> versions = new ArrayList<>();
    for (JsonField each : whole.elements("pipeline_versions")) {
      KfpVersion version = KfpVersion.read(each);
      if (version != null) {
        versions.add(version.of(pipeline));
      }
    }
    return new Page<>(versions, whole.textOrEmpty("next_page_token"));
  }

  /** One version, which must be there, and could be run. */
  static KfpVersion version(byte[] answer) throws IOException {
    JsonField whole = JsonField.object(answer);
    KfpVersion version = KfpVersion.read(whole);
    if (version != null) {
      return version;
    }
    JsonField error = whole.find("error");
    throw error == null
        ? whole.get("pipeline_spec").refuse("is missing")
        : error.refuse("\"" + error.textOrEmpty("message") + "\"");
  }

  /** Whether the API itself says that something does not exist, and no server in front of it. */
  static boolean isNotFound(Reply reply) {
    if (reply.status() != SourceServer.NOT_FOUND) {
      return false;
    }
    try {
      JsonField code = JsonField.object(reply.body()).find("code");
      return code != null && code.value().equals(new InputValue.Int(NOT_FOUND));
    } catch (IOException e) {
      return false;
    }
  }
}
