package dev.taskcache.version;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ResultType;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What this package asks the cache for. Looking up versions, reading and compiling one, deciding
 * for a slot and starting it are tasks like any other: one row each, one process at a time.
 *
 * @param namespace whose pipelines
 */
record VersionTasks(String namespace) {
  static final ResultType<Answer> ANSWER = ResultType.of(Answer.class);
  static final ResultType<PipelineDescription> DESCRIPTION =
      ResultType.of(PipelineDescription.class);
  static final ResultType<SlotDecision> SLOT_DECISION = ResultType.of(SlotDecision.class);
  static final ResultType<String> STARTED = ResultType.of(String.class); // The run's id.
  static final ResultType<Current> CURRENT = ResultType.of(Current.class);
  static final ResultType<byte[]> COMPILED = ResultType.of(byte[].class);

  private static final String FORMAT = "1"; // Of what is stored, and of what it is stored under.

  /** Who compiles, and how. */
  record Compiling(PipelineCompiler compiler, Map<String, ?> options) {}

  /** The versions of a pipeline. */
  TaskRequest answer(String source, String pipeline, CachingOptions options) {
    return request("pipeline versions", FORMAT, options, pipeline)
        .outputs(ANSWER.schema())
        .input("source", source)
        .input("pipeline", pipeline)
        .build();
  }

  /** What a version consists of. */
  TaskRequest description(PipelineVersion version, String readerVersion) {
    return request("pipeline description", FORMAT + "/" + readerVersion, KEPT, version.pipeline())
        .outputs(DESCRIPTION.schema())
        .input("content", version.digest())
        .build();
  }

  /** A version, compiled. */
  TaskRequest compiled(PipelineVersion version, Compiling by) {
    String format = FORMAT + "/" + by.compiler().version();
    return request("compile " + by.compiler().name(), format, KEPT, version.pipeline())
        .outputs(COMPILED.schema())
        .input("content", version.digest())
        .input("options", by.options())
        .build();
  }

  /** The last good version of a selection, with its compiled form. */
  TaskRequest current(
      String source,
      String pipeline,
      VersionSelection selection,
      Compiling by,
      CachingOptions options) {
    return request("current version", FORMAT, options, pipeline)
        .outputs(CURRENT.schema())
        .input("source", source)
        .input("pipeline", pipeline)
        .input("selection", selection.toString())
        .input("compiler", List.of(by.compiler().name(), by.compiler().version()))
        .input("options", by.options())
        .build();
  }

  /** Which version a slot of a schedule runs. */
  TaskRequest slotDecision(Schedule schedule, Instant slot) {
    return request(slotComponent(schedule.name()), FORMAT, KEPT, schedule.pipeline())
        .outputs(SLOT_DECISION.schema())
        .input("namespace", namespace) // No namespace that is read through to starts it for this.
        .input("slot", slot)
        .build();
  }

  /** What decisions for a schedule's slots are found by. */
  static String slotComponent(String schedule) {
    return "slots of " + schedule;
  }

  /** The start of a slot's run. */
  TaskRequest slotStart(Schedule schedule, Instant slot) {
    return request("start " + slotComponent(schedule.name()), FORMAT, KEPT, schedule.pipeline())
        .outputs(STARTED.schema())
        .input("namespace", namespace)
        .input("slot", slot)
        .build();
  }

  private static final Duration FOR_EVER = Duration.ofDays(365_000);
  private static final CachingOptions KEPT = options(Mode.READ_WRITE).maxAge(FOR_EVER).build();

  /** An answer that is no older than this, by the store's clock. */
  static CachingOptions within(Duration age) {
    return options(Mode.READ_WRITE).maxAge(age).build();
  }

  /** Another than the one that is stored. */
  static CachingOptions anew() {
    return options(Mode.REFRESH).build();
  }

  /** As {@link #anew}, but waits for nobody who is at it. */
  static CachingOptions anewAtOnce() {
    return options(Mode.REFRESH).waitForRunning(false).build();
  }

  /** Whatever is stored, however old. */
  static CachingOptions anyAge() {
    return KEPT;
  }

  private static CachingOptions.Builder options(Mode mode) {
    return CachingOptions.builder()
        .mode(mode)
        .waitForRunning(true)
        .reproducibility(0); // Running twice what looks at the world would compare two worlds.
  }

  static String displayName(String component) {
    return "taskcache " + component;
  }

  private TaskRequest.Builder request(
      String component, String version, CachingOptions options, String pipeline) {
    return TaskRequest.builder(ComponentSpec.named(displayName(component)))
        .namespace(namespace)
        .version(version)
        .options(options)
        .identity(new TaskIdentity(pipeline, null, null));
  }
}
