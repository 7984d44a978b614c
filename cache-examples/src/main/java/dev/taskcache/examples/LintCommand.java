package dev.taskcache.examples;

import dev.taskcache.kfp.KfpFinding;
import dev.taskcache.kfp.KfpLint;
import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.kfp.KfpRelease;
import dev.taskcache.kfp.KfpTaskOptions;
import dev.taskcache.policy.Setting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code taskcache lint}. */
@Command(
    name = "lint",
    description = {
      "Says what will surprise you about a pipeline's caching in Kubeflow (docs/kubeflow.md).",
      "",
      "Each finding is one line: file, line, kind, tasks, what happens, and what to write instead."
          + " The exit code is 1 if there is a warning; notes are only worth knowing."
    })
final class LintCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "PIPELINE",
      description = "A compiled pipeline (KFP's PipelineSpec), YAML or JSON.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Option(
      names = "--release",
      paramLabel = "RELEASE",
      defaultValue = "2.17",
      converter = FingerprintKfpCommand.Release.class,
      description = {
        "The release of Kubeflow Pipelines that runs it, or `after` for what was merged since.",
        "Unless given: ${DEFAULT-VALUE}."
      })
  @SuppressWarnings("NullAway.Init") // has a default
  private KfpRelease release;

  @Option(
      names = "--allow",
      paramLabel = "KIND",
      split = ",",
      converter = Kind.class,
      description = {"Says nothing about findings of these kinds, for instance image-tag."})
  private Set<KfpFinding.Kind> allowed = new LinkedHashSet<>();

  @Option(
      names = "--now",
      paramLabel = "TIME",
      converter = InstantConverter.class,
      description = {
        "What time it is, as 2026-11-25T18:00:00Z: inputs within a day of it are found.",
        "Unless given: this machine's clock."
      })
  private Instant now = Instant.now();

  @Option(
      names = "--options",
      description = {
        "Says instead for each task with a process whether it is cached, in the release and by"
            + " `run`, and which lines decide."
      })
  private boolean options;

  @Mixin private final KubeflowSettings settings = new KubeflowSettings();

  @Option(names = "--json", description = "Print each finding, or task, as a JSON object.")
  private boolean json;

  LintCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    KfpPipeline pipeline = LocalPipeline.read(file).pipeline();
    if (options) {
      List<KfpTaskOptions> tasks = KfpTaskOptions.of(pipeline, settings.of(release));
      if (json) {
        tasks.forEach(each -> terminal.out().println(JsonLine.of(fields(each))));
      } else {
        table(tasks).lines().forEach(terminal.out()::println);
        tasks.forEach(
            task ->
                contradictions(task)
                    .forEach(each -> terminal.out().println(task.task() + ": " + each)));
      }
      return ExitCodes.OK;
    }
    List<KfpFinding> findings =
        KfpLint.findings(pipeline, release, now).stream()
            .filter(finding -> !allowed.contains(finding.kind()))
            .toList();
    findings.forEach(each -> terminal.out().println(json ? JsonLine.of(fields(each)) : each));
    long notes = findings.stream().filter(each -> each.kind().isNote()).count();
    long warnings = findings.size() - notes;
    if (!json) {
      terminal.out().println(count(warnings, "warning") + ", " + count(notes, "note"));
    }
    return warnings == 0 ? ExitCodes.OK : ExitCodes.PROBLEM_FOUND;
  }

  private static Map<String, Object> fields(KfpFinding finding) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", finding.kind().label());
    fields.put("severity", finding.kind().isNote() ? "note" : "warning");
    fields.put("file", finding.file());
    fields.put("line", finding.line());
    fields.put("place", finding.place());
    fields.put("tasks", finding.tasks());
    fields.put("why", finding.why());
    fields.put("instead", finding.instead());
    return fields;
  }

  private Table table(List<KfpTaskOptions> tasks) {
    Table table =
        new Table(
            new Table.Column("TASK", false),
            new Table.Column("LINE", true),
            new Table.Column("KUBEFLOW " + release, false),
            new Table.Column("HERE", false),
            new Table.Column("DECIDED HERE", false));
    for (KfpTaskOptions each : tasks) {
      Setting mode = each.here().setting("mode");
      table.row(
          Table.Cell.of(each.task()),
          Table.Cell.of(String.valueOf(each.line())),
          Table.Cell.of(each.inKubeflow().words()),
          Table.Cell.of(mode.value()),
          Table.Cell.of(mode.level() + ", " + mode.where()));
    }
    return table;
  }

  private Map<String, Object> fields(KfpTaskOptions task) {
    Setting mode = task.here().setting("mode");
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", task.task());
    fields.put("line", task.line());
    fields.put("why", task.why());
    fields.put("kubeflow", task.inKubeflow().words());
    fields.put("here", mode.value());
    fields.put("level", mode.level().toString());
    fields.put("decided", mode.where());
    fields.put("contradictions", contradictions(task));
    return fields;
  }

  private List<String> contradictions(KfpTaskOptions task) {
    return task.contradictions().stream()
        .map(each -> each.sentence(release).replace("`", ""))
        .toList();
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** Reads the name of a kind. */
  static final class Kind implements ITypeConverter<KfpFinding.Kind> {
    @Override
    public KfpFinding.Kind convert(String text) {
      return Arrays.stream(KfpFinding.Kind.values())
          .filter(each -> each.label().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is no kind \""
                          + text
                          + "\"; write one of "
                          + Arrays.stream(KfpFinding.Kind.values())
                              .map(KfpFinding.Kind::label)
                              .toList()));
    }
  }
}
