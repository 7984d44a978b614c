package dev.taskcache.version;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what is new; none of them can make a run fail. Thread-safe. */
final class VersionNews {
  private static final Logger LOG = LoggerFactory.getLogger(VersionResolver.class);

  private final VersionListener listener;
  private final Contents contents;
  private final Cache<Followed, Selected> last =
      CacheBuilder.newBuilder().maximumSize(CompiledPipelines.MOST_TRACKS).build();

  VersionNews(VersionListener listener, Contents contents) {
    this.listener = listener;
    this.contents = contents;
  }

  private record Selected(PipelineVersion version, long askedAt) {}

  /** Given to a caller. */
  void resolved(VersionResolver.Resolved resolved) {
    if (resolved.resolution().information().stale()) {
      stale(resolved.resolution());
    }
    follow(resolved.resolution().selection(), resolved.resolution().version(), resolved.askedAt());
  }

  void stale(Resolution resolution) {
    tell(each -> each.onStale(resolution));
  }

  /** A change is told once, whoever asks first; who asked before it and is slower tells nothing. */
  void follow(VersionSelection selection, PipelineVersion version, long askedAt) {
    Selected[] before = new Selected[1];
    last.asMap()
        .compute(
            new Followed(version.pipeline(), selection),
            (any, known) -> {
              if (known != null && known.askedAt > askedAt) {
                return known;
              }
              before[0] = known;
              return new Selected(version, askedAt);
            });
    if (before[0] != null && !before[0].version.isSame(version)) {
      PipelineVersion from = before[0].version;
      tell(
          each ->
              each.onChange(
                  new VersionChange(selection, from, version, () -> between(from, version))));
    }
  }

  void refused(Refusal refusal) {
    tell(each -> each.onRefusal(refusal));
  }

  void compiled(PipelineVersion version) {
    tell(each -> each.onCompiled(version));
  }

  void compileFailed(PipelineVersion version, String problem) {
    tell(each -> each.onCompileFailed(version, problem));
  }

  void decided(SlotDecision decision) {
    tell(each -> each.onSlot(decision));
  }

  private Optional<PipelineChange> between(PipelineVersion before, PipelineVersion now) {
    try {
      return Optional.of(PipelineChange.between(contents.describe(before), contents.describe(now)));
    } catch (IOException | RuntimeException e) {
      LOG.debug("What changed from {} to {} cannot be told", before, now, e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void tell(Consumer<VersionListener> call) {
    try {
      call.accept(listener);
    } catch (RuntimeException e) {
      LOG.warn("A listener of versions failed, and is told of the next event all the same", e);
    }
  }
}
