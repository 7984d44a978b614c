package dev.taskcache.version;

import dev.taskcache.key.ArtifactDigester;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Versions in files, each file read once as long as it does not change. Thread-safe. */
final class SeenVersions {
  /** Renaming over a file as fast as one can makes about every second look miss. */
  private static final int MOST_TRIES = 20;

  private final Map<String, Map<String, Seen>> byPipeline = new ConcurrentHashMap<>();

  /** A version as it was when its file was last read. */
  private record Seen(PublishedFile file, PipelineVersion version) {}

  /**
   * The version in a file.
   *
   * @param root the real path of the directory that nothing leads out of
   * @return null if there is no such file
   */
  @Nullable PipelineVersion look(String pipeline, String id, Path path, Path root)
      throws IOException {
    Map<String, Seen> known = byPipeline.computeIfAbsent(pipeline, p -> new ConcurrentHashMap<>());
    FileSystemException trouble =
        new FileSystemException(
            path.toString(),
            null,
            "it changes all the time; write it under another name, and rename it");
    for (int i = 0; i < MOST_TRIES; i++) {
      try {
        PublishedFile file = PublishedFile.at(path, root);
        if (file == null || !file.regular()) {
          return null;
        }
        Seen before = known.get(id);
        if (before != null && before.file().equals(file)) {
          return before.version();
        }
        String digest = new ArtifactDigester().digest(file.real());
        if (file.equals(PublishedFile.at(path, root))) {
          PipelineVersion version = version(pipeline, id, file, digest);
          known.put(id, new Seen(file, version));
          return version;
        }
      } catch (FileSystemException e) { // It was replaced or removed, which the next look tells.
        trouble = e;
      }
    }
    throw trouble;
  }

  /** Forgets all other versions of a pipeline. */
  void keep(String pipeline, Set<String> ids) {
    Map<String, Seen> known = byPipeline.get(pipeline);
    if (known != null) {
      known.keySet().retainAll(ids);
    }
  }

  private static PipelineVersion version(
      String pipeline, String id, PublishedFile file, String digest) {
    return new PipelineVersion(
        pipeline,
        id,
        file.modified().toInstant(),
        VersionState.READY,
        digest,
        PipelineVersion.numberIn(id));
  }
}
