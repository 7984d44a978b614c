package dev.taskcache.version;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What selections of one pipeline mean: found out once for each answer of the source, and again
 * after a pause where that failed; until then they mean what they meant before. Thread-safe.
 */
final class Choices {
  private final String pipeline;
  private final VersionResolver.Settings settings;
  private final Chooser chooser;
  private final VersionNews news;
  private final Map<VersionSelection, Choosing> choosing = new ConcurrentHashMap<>();
  private final Map<VersionSelection, Chosen> last = new ConcurrentHashMap<>();

  Choices(String pipeline, VersionResolver.Settings settings, VersionNews news) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.chooser = new Chooser(settings.source(), settings.contents());
    this.news = news;
  }

  /** A choice that is being made, and by which answer. */
  private record Choosing(Known known, Attempt<Chosen> attempt) {}

  /**
   * A choice, and the answer that it was made by.
   *
   * @param problem why it is not by the one that was given; null if it is
   */
  record Chosen(Known known, Choice choice, @Nullable String problem) {}

  Chosen choose(Known known, VersionSelection selection)
      throws VersionUnavailableException, InterruptedException {
    Attempt<Chosen> attempt =
        choosing.compute(
                selection,
                (any, before) -> isGood(before, known) ? before : begin(known, selection))
            .attempt;
    attempt.start(
        Chooser.needsSource(known.answer(), selection) ? settings.executor() : Runnable::run);
    try {
      return attempt.get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof VersionUnavailableException none) {
        throw none;
      }
      return before(selection, "the source failed: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      return before(selection, "the source did not answer within " + settings.lookupTimeout(), e);
    }
  }

  private Choosing begin(Known known, VersionSelection selection) {
    return new Choosing(
        known,
        new Attempt<>(
            settings.lookupTimeout(),
            settings.now(),
            () -> {
              Choice choice = chooser.choose(pipeline, known.answer(), selection);
              Chosen chosen = new Chosen(known, choice, null);
              last.put(selection, chosen);
              choice.refusals().forEach(news::refused);
              return chosen;
            }));
  }

  /** Made by this answer, and not to be made again yet. */
  private boolean isGood(@Nullable Choosing before, Known known) {
    return before != null
        && before.known == known
        && !before.attempt.mayRepeat(settings.now(), settings.retryAfter());
  }

  private Chosen before(VersionSelection selection, String problem, Throwable cause)
      throws VersionUnavailableException {
    Chosen before = last.get(selection);
    if (before == null) {
      throw VersionUnavailableException.sourceFailed(
          pipeline + " (" + selection + ")", problem, cause);
    }
    return new Chosen(before.known, before.choice, problem);
  }
}
