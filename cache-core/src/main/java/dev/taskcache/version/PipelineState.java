package dev.taskcache.version;

import dev.taskcache.version.VersionUnavailableException.Kind;
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

  // All of these are guarded by this.
  private @Nullable Known known;
  private @Nullable Attempt<Known> attempt;
  private long attemptedAt;
  private boolean ended;
  private boolean anew;
  private @Nullable String wanted;

  PipelineState(String pipeline, VersionResolver.Settings settings) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.lookup = new PipelineLookup(pipeline, settings);
  }

  /**
   * What is known now.
   *
   * @param problem why it is not younger; null if it is young enough
   */
  record Seen(Known known, @Nullable String problem) {}

  Seen see() throws VersionUnavailableException, InterruptedException {
    Attempt<Known> current;
    boolean begins = false;
    synchronized (this) {
      long now = settings.now();
      if (known != null && !ended && isYoung(known, now)) {
        return new Seen(known, null);
      }
      if (attempt == null || mayRepeat(attempt, now)) {
        attempt = begin();
        attemptedAt = now;
        begins = true;
      }
      current = attempt;
    }
    if (begins) {
      current.start(settings.executor());
    }
    try {
      return new Seen(current.get(), null);
    } catch (TimeoutException e) {
      return lastKnown("the source did not answer within " + settings.lookupTimeout(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return lastKnown("the source failed: " + cause.getMessage(), cause);
    }
  }

  private boolean isYoung(Known that, long now) {
    return that.age(now).compareTo(settings.interval()) < 0;
  }

  private boolean mayRepeat(Attempt<Known> last, long now) {
    return last.isDone() && now - attemptedAt >= settings.retryAfter().toNanos();
  }

  private Attempt<Known> begin() {
    Known previous = known;
    boolean another = anew;
    String version = wanted;
    Attempt<?>[] self = new Attempt<?>[1];
    Attempt<Known> begun =
        new Attempt<>(
            settings.lookupTimeout(),
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

  private Seen lastKnown(String problem, Throwable cause) throws VersionUnavailableException {
    Known last;
    synchronized (this) {
      last = known;
    }
    if (last == null) {
      last = lookup.lastKnown().orElse(null);
    }
    if (last == null) {
      throw new VersionUnavailableException(
          Kind.SOURCE_FAILED,
          "pipeline "
              + pipeline
              + ": "
              + problem
              + ", and no version was known before; mend the"
              + " source, or run a compiled version by its file",
          cause);
    }
    synchronized (this) {
      if (known == null) {
        known = last;
      }
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
