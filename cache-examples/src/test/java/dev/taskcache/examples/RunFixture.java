package dev.taskcache.examples;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.policy.FileArtifacts;
import dev.taskcache.store.InMemoryStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A session with a folder beside it, in which the commands of tests leave traces; they are told
 * where by the pipeline parameter {@code dir}, which is the same in every run.
 */
final class RunFixture implements AutoCloseable {
  private final Path dir;
  private final Session session;

  RunFixture(Path dir, int jobs) {
    this.dir = dir;
    this.session =
        new Session(
            new InMemoryStore(),
            dir.resolve("artifacts"),
            new Session.Settings(
                jobs,
                ImageDigestResolver.NONE,
                new FileArtifacts(),
                Duration.ofSeconds(30),
                false));
  }

  Session session() {
    return session;
  }

  LocalPipeline source(Ir ir) {
    return ir.parameter("dir", "STRING", dir.toString()).source();
  }

  RunResult run(LocalPipeline source) throws InterruptedException {
    return session.run(source, RunListener.NONE);
  }

  /** What became of each task, by its path. */
  static Map<String, Verdict> verdicts(List<TaskResult> results) {
    return results.stream().collect(Collectors.toMap(TaskResult::task, TaskResult::verdict));
  }

  static TaskResult of(String task, List<TaskResult> results) {
    return results.stream().filter(each -> each.task().equals(task)).findFirst().orElseThrow();
  }

  /** The lines that commands have appended to a file. */
  List<String> lines(String file) {
    try {
      Path path = dir.resolve(file);
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
