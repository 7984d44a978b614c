package dev.taskcache.version;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of one pipeline: one look-up at a time, shared by all who ask meanwhile;
 * none while an answer is young enough, or a failure too recent. Thread-safe.
 */
final class PipelineState {
  private final String pipeline;
  private final VersionResolver.Settings settings;
  private final PipelineLookup lookup;
  private final Choices choices;

  // All of these are guarded by this.
  private @Nullable Known known;
  private @Nullable Attempt<Known> attempt;
  private boolean lookedElsewhere;
  private boolean ended;
  private boolean anew;
  private @Nullable String wanted;

  PipelineState(String pipeline, VersionResolver.Settings settings, VersionNews news) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.lookup = new PipelineLookup(pipeline, settings);
    this.choices = new Choices(pipeline, settings, news);
  }

  /**
   * What is known now.
   *
   * @param problem why it is not younger; null if it is young enough
   */
  private record Seen(Known known, @Nullable String problem) {}

  /** What a selection means by what is known now. */
  VersionResolver.Resolved resolve(VersionSelection selection)
      throws VersionUnavailableException, InterruptedException {
    Seen seen = see();
    Choices.Chosen chosen = choices.choose(seen.known(), selection);
    String problem = seen.problem() == null ? chosen.problem() : seen.problem();
    Choice choice = chosen.choice();
    Information information = chosen.known().information(choice.version(), problem, settings.now());
    Resolution resolution =
        new Resolution(
            selection,
            choice.version(),
            VersionReason.of(selection),
            information,
            choice.refusals());
    return new VersionResolver.Resolved(resolution, chosen.known().askedAt());
  }

  private Seen see() throws VersionUnavailableException, InterruptedException {
    Attempt<Known> current;
    synchronized (this) {
      long now = settings.now();
      if (known != null && !ended && isYoung(known, now)) {
        return new Seen(known, null);
      }
      if (attempt == null || attempt.mayRepeat(now, settings.retryAfter())) {
        attempt = begin(now);
        lookedElsewhere = false;
      }
      current = attempt;
    }
    current.start(settings.executor());
    try {
      return new Seen(current.get(), null);
    } catch (TimeoutException e) {
      return lastKnown(current, "the source did not answer within " + settings.lookupTimeout(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return lastKnown(current, "the source failed: " + cause.getMessage(), cause);
    }
  }

  private boolean isYoung(Known that, long now) {
    return that.age(now).compareTo(settings.interval()) < 0;
  }

  private Attempt<Known> begin(long now) {
    Known previous = known;
    boolean another = anew;
    String version = wanted;
    Attempt<?>[] self = new Attempt<?>[1];
    Attempt<Known> begun =
        new Attempt<>(
            settings.lookupTimeout(),
            now,
            () -> {
              Known found = lookup.ask(previous, another, version);
              adopt(self[0], found);
              return found;
            });
    self[0] = begun;
    return begun;
  }

  /** Unless somebody has ended the attempt meanwhile: then its answer may be too old. */
  private synchronized void adopt(@Nullable Attempt<?> by, Known found) {
    if (attempt == by) {
      known = found;
      attempt = null;
      ended = false;
      anew = false;
      wanted = null;
    }
  }

  /** By then another process may know more: the store is asked once for each attempt. */
  private Seen lastKnown(Attempt<Known> failed, String problem, Throwable cause)
      throws VersionUnavailableException {
    boolean first;
    synchronized (this) {
      first = attempt == failed && !lookedElsewhere;
    }
    Known elsewhere = first ? lookup.lastKnown().orElse(null) : null;
    Known last;
    synchronized (this) {
      last = Known.younger(known, elsewhere);
      known = last;
      lookedElsewhere |= first && attempt == failed;
    }
    if (last == null) {
      throw VersionUnavailableException.sourceFailed(pipeline, problem, cause);
    }
    return new Seen(last, problem);
  }

  /** Whether nobody asked for this pipeline yet, or ended anything that is known of it. */
  synchronized boolean untouched() {
    return known == null && attempt == null && !ended;
  }

  /** The next caller asks the source, whatever is known here or in the store. */
  synchronized void refresh() {
    end();
    anew = true;
  }

  /** The next caller asks for a list that has this version, unless it is known. */
  synchronized void published(String id) {
    if (known == null || known.answer().find(id).isEmpty()) {
      end();
      wanted = id;
    }
  }

  private void end() {
    attempt = null;
    ended = true;
  }
}
