package dev.taskcache.version;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskRequest;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.version.Information.Origin;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The question for one pipeline's versions: to the store first, where another process may have left
 * the source's answer, then to the source. Thread-safe; blocks.
 */
final class PipelineLookup {
  private static final int MOST_SHARED = 500;
  private static final int MOST_ASKED = 20;

  private final String pipeline;
  private final VersionResolver.Settings settings;

  PipelineLookup(String pipeline, VersionResolver.Settings settings) {
    this.pipeline = pipeline;
    this.settings = settings;
  }

  /**
   * Asks.
   *
   * @param previous what is known so far; null if nothing is
   * @param anew whether an answer that is stored does not do
   * @param wanted a version that the answer has to know; null if any answer does
   */
  Known ask(@Nullable Known previous, boolean anew, @Nullable String wanted)
      throws IOException, InterruptedException {
    Known known = ask(previous, anew ? VersionTasks.anew() : settings.recent());
    boolean lacking = wanted != null && known.answer().find(wanted).isEmpty();
    if (known.origin() == Origin.SHARED && (anew || lacking)) {
      // Somebody else's answer, who may have asked before this was called for.
      return ask(known, VersionTasks.anew());
    }
    return known;
  }

  private Known ask(@Nullable Known previous, CachingOptions options)
      throws IOException, InterruptedException {
    try {
      Outcome<Answer> outcome =
          settings
              .store()
              .getOrRun(request(options), VersionTasks.ANSWER, () -> askSource(previous));
      return outcome.decision() instanceof CacheDecision.Hit hit
          ? known(outcome.value(), Origin.SHARED, hit.age().orElse(Duration.ZERO))
          : known(outcome.value(), Origin.SOURCE, Duration.ZERO);
    } catch (NothingReady e) {
      return known(e.answer, Origin.SOURCE, Duration.ZERO);
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("the look-up of " + pipeline + " failed: " + e, e);
    }
  }

  /** What the store has, however old; empty if it has nothing, or cannot be asked. */
  Optional<Known> lastKnown() {
    TaskRequest request = request(VersionTasks.anyAge());
    return settings
        .store()
        .peek(request, VersionTasks.ANSWER)
        .map(found -> known(found.value(), Origin.SHARED, found.age()));
  }

  private Answer askSource(@Nullable Known previous) throws Exception {
    Answer listed = Answer.of(pipeline, settings.source().versions(pipeline));
    Known before = Known.younger(previous, lastKnown().orElse(null));
    Answer answer =
        before == null || settings.mayMoveBack() ? listed : withLeftOut(listed, before.answer());
    if (!answer.hasReady()) {
      throw new NothingReady(answer);
    }
    return answer.newest(MOST_SHARED);
  }

  /**
   * A list that was made before the last one lacks versions that the source still has, or has them
   * as they were before. The newest of them are asked for; if the source has one of these, the list
   * is an old one, and all that it lacks is kept.
   */
  private Answer withLeftOut(Answer listed, Answer before)
      throws IOException, InterruptedException {
    Map<String, PipelineVersion> versions = new LinkedHashMap<>();
    listed.versions().forEach(each -> versions.put(each.id(), each));
    Set<String> leftOut = new HashSet<>();
    int asked = 0;
    for (PipelineVersion each : before.versions()) {
      if (each.state() != VersionState.READY || !isMissing(listed, each.id())) {
        continue;
      }
      asked++;
      Optional<PipelineVersion> still =
          asked <= MOST_ASKED
              ? settings.source().version(pipeline, each.id())
              : Optional.of(each).filter(any -> !leftOut.isEmpty());
      if (still.isPresent() && still.get().state() == VersionState.READY) {
        versions.put(each.id(), still.get());
        leftOut.add(each.id());
      }
    }
    return new Answer(List.copyOf(versions.values()), leftOut);
  }

  private static boolean isMissing(Answer listed, String id) {
    return listed.find(id).filter(each -> each.state() != VersionState.PENDING).isEmpty();
  }

  private TaskRequest request(CachingOptions options) {
    return settings.tasks().answer(settings.source().name(), pipeline, options);
  }

  private Known known(Answer answer, Origin origin, Duration age) {
    return new Known(answer, origin, age, settings.now());
  }

  /** Nothing can be run: true of this moment, and nothing to be told to other processes. */
  private static final class NothingReady extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Answer answer;

    NothingReady(Answer answer) {
      super("no version is ready");
      this.answer = answer;
    }
  }
}
