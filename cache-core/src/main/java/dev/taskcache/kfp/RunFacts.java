package dev.taskcache.kfp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.InputValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What is the same for all tasks of a run. */
record RunFacts(
    Spec spec,
    String namespace,
    String runId,
    Instant start,
    Map<String, InputValue> platform,
    KfpOverrides overrides) {
  /** Places that the executor decides, not the run. */
  static final Set<String> PLACES = Set.of("pipeline_root", "workspace_path");

  /** What a placeholder that is not of inputs or outputs stands for; itself if that is unknown. */
  String text(Placeholder placeholder, String taskName, String path) {
    return switch (placeholder.name()) {
      case "pipeline_job_uuid" -> runId;
      case "pipeline_job_name", "pipeline_job_resource_name" -> spec.name() + "-" + runId;
      case "pipeline_job_create_time_utc", "pipeline_job_schedule_time_utc" ->
          start.truncatedTo(ChronoUnit.SECONDS).toString();
      case "pipeline_task_uuid" ->
          UUID.nameUUIDFromBytes((runId + "/" + path).getBytes(UTF_8)).toString();
      case "pipeline_task_name" -> taskName;
      default -> placeholder.text();
    };
  }
}
