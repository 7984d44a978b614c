package dev.taskcache.version;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners what is new; none of them can make a run fail. Thread-safe. */
final class VersionNews {
  private static final Logger LOG = LoggerFactory.getLogger(VersionResolver.class);

  private final VersionListener listener;
  private final Contents contents;
  private final Map<Followed, PipelineVersion> last = new ConcurrentHashMap<>();

  VersionNews(VersionListener listener, Contents contents) {
    this.listener = listener;
    this.contents = contents;
  }

  private record Followed(String pipeline, VersionSelection selection) {}

  /** Given to a caller; a change is told once, whoever asks first. */
  void resolved(Resolution resolution) {
    if (resolution.information().stale()) {
      tell(each -> each.onStale(resolution));
    }
    follow(resolution.selection(), resolution.version());
  }

  void follow(VersionSelection selection, PipelineVersion version) {
    PipelineVersion before = last.put(new Followed(version.pipeline(), selection), version);
    if (before != null
        && !(before.id().equals(version.id()) && before.digest().equals(version.digest()))) {
      tell(
          each ->
              each.onChange(
                  new VersionChange(selection, before, version, () -> between(before, version))));
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
