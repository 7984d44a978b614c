package dev.taskcache.examples;

import dev.taskcache.TaskCache;
import dev.taskcache.kfp.KfpPipelineReader;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionResolver;
import dev.taskcache.version.VersionSelection;
import dev.taskcache.version.VersionState;
import dev.taskcache.version.VersionUnavailableException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A list of a pipeline's versions as its source gave it once.
 *
 * @param source gave it
 * @param pipeline the pipeline
 * @param versions the oldest first
 */
record Listing(PipelineSource source, String pipeline, List<PipelineVersion> versions) {
  private static final Comparator<PipelineVersion> PUBLISHED =
      Comparator.comparing(PipelineVersion::createdAt).thenComparing(PipelineVersion::id);

  /** Asks the source. */
  static Listing of(PipelineSource source, String pipeline)
      throws IOException, InterruptedException {
    return new Listing(
        source, pipeline, source.versions(pipeline).stream().sorted(PUBLISHED).toList());
  }

  /** The one that a selection means; empty if it means none of them. */
  Optional<PipelineVersion> selected(VersionSelection selection) throws InterruptedException {
    try (TaskCache cache = TaskCache.builder(new InMemoryStore()).build()) {
      VersionResolver resolver =
          VersionResolver.builder(asSource(), new KfpPipelineReader(), cache, Runnable::run)
              .build();
      return Optional.of(resolver.resolve(pipeline, selection).version());
    } catch (VersionUnavailableException e) {
      return Optional.empty();
    }
  }

  /** What was ready and published last before a version; empty if that was the first. */
  Optional<PipelineVersion> before(PipelineVersion version) {
    return versions.stream()
        .filter(each -> each.state() == VersionState.READY)
        .filter(each -> PUBLISHED.compare(each, version) < 0)
        .reduce((earlier, later) -> later);
  }

  /** The source as it was when it gave the list: what is marked is in what is shown. */
  private PipelineSource asSource() {
    return new PipelineSource() {
      @Override
      public String name() {
        return source.name();
      }

      @Override
      public List<PipelineVersion> versions(String asked) {
        return versions;
      }

      @Override
      public Optional<PipelineVersion> version(String asked, String id) {
        return versions.stream().filter(each -> each.id().equals(id)).findFirst();
      }

      @Override
      public byte[] load(PipelineVersion version) throws IOException, InterruptedException {
        return source.load(version);
      }
    };
  }
}
