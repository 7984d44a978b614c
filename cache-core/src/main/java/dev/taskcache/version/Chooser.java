package dev.taskcache.version;

import dev.taskcache.version.VersionUnavailableException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/** Finds the version that a selection means among those that a source has. Blocks. */
record Chooser(PipelineSource source, Contents contents) {

  /** Whether more than the answer may be needed. */
  static boolean needsSource(Answer answer, VersionSelection selection) {
    return selection instanceof VersionSelection.Range
        || (selection instanceof VersionSelection.Pinned pinned
            && answer.find(pinned.id()).isEmpty());
  }

  Choice choose(String pipeline, Answer answer, VersionSelection selection)
      throws VersionUnavailableException, IOException, InterruptedException {
    if (selection instanceof VersionSelection.Pinned pinned) {
      return pinned(pipeline, answer, pinned);
    } else if (selection instanceof VersionSelection.Range range) {
      return highest(pipeline, answer, range);
    }
    return newest(pipeline, answer);
  }

  private static Choice newest(String pipeline, Answer answer) throws VersionUnavailableException {
    List<Refusal> refusals = new ArrayList<>();
    for (PipelineVersion each : answer.versions()) {
      if (each.state() == VersionState.READY) {
        return new Choice(each, refusals);
      }
      refusals.add(notReady(each));
    }
    throw unavailable(Kind.NO_VERSION, pipeline, "has no version that is ready", refusals);
  }

  private Choice pinned(String pipeline, Answer answer, VersionSelection.Pinned pinned)
      throws VersionUnavailableException, IOException, InterruptedException {
    PipelineVersion version = answer.find(pinned.id()).orElse(null);
    if (version == null) {
      version = source.version(pipeline, pinned.id()).orElse(null);
    }
    if (version == null) {
      throw unavailable(
          Kind.NO_SUCH_VERSION,
          pipeline,
          "has no version " + pinned.id() + " (any more), to which the schedule is pinned",
          List.of());
    } else if (version.state() == VersionState.PENDING || version.state() == VersionState.FAILED) {
      throw unavailable(
          Kind.NO_VERSION, pipeline, "cannot run what is pinned", List.of(notReady(version)));
    }
    return new Choice(version, List.of());
  }

  private Choice highest(String pipeline, Answer answer, VersionSelection.Range range)
      throws VersionUnavailableException, InterruptedException {
    SemanticRange parsed = SemanticRange.parse(range.range());
    List<Numbered> inRange =
        answer.versions().stream()
            .flatMap(
                each ->
                    SemanticRange.number(each).map(number -> new Numbered(number, each)).stream())
            .filter(each -> parsed.contains(each.number))
            .sorted(Numbered.LOWEST_FIRST)
            .toList();
    List<Refusal> refusals = new ArrayList<>();
    Numbered last = null;
    for (Numbered each : inRange) {
      Refusal refusal = refusal(last, each, range.evenIncompatible());
      if (refusal == null) {
        last = each;
        refusals.clear(); // Of versions that come before it nobody wants to know.
      } else {
        refusals.add(refusal);
      }
    }
    if (last == null) {
      throw unavailable(
          Kind.NONE_IN_RANGE, pipeline, "has no version that is ready in " + range, refusals);
    }
    return new Choice(last.version, refusals);
  }

  private @Nullable Refusal refusal(@Nullable Numbered last, Numbered next, boolean anyway)
      throws InterruptedException {
    if (next.version.state() != VersionState.READY) {
      return notReady(next.version);
    } else if (anyway
        || last == null
        || !SemanticRange.promisesCompatibility(last.number, next.number)) {
      return null;
    }
    try {
      List<String> breaks =
          Compatibility.breaks(contents.describe(last.version), contents.describe(next.version));
      return breaks.isEmpty() ? null : new Refusal(next.version, Refusal.Kind.INCOMPATIBLE, breaks);
    } catch (IOException | RuntimeException e) {
      return new Refusal(
          next.version, Refusal.Kind.UNREADABLE, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static Refusal notReady(PipelineVersion version) {
    return new Refusal(version, Refusal.Kind.NOT_READY, List.of("its state is " + version.state()));
  }

  private static VersionUnavailableException unavailable(
      Kind kind, String pipeline, String problem, List<Refusal> refusals) {
    StringBuilder message =
        new StringBuilder("pipeline ").append(pipeline).append(' ').append(problem);
    refusals.forEach(each -> message.append("; ").append(each));
    message.append("; publish one, or change what the schedule selects");
    return new VersionUnavailableException(kind, message.toString(), null);
  }

  private record Numbered(Semver number, PipelineVersion version) {
    static final Comparator<Numbered> LOWEST_FIRST =
        Comparator.comparing(Numbered::number)
            .thenComparing(Numbered::version, Answer.NEWEST_FIRST.reversed());
  }
}
