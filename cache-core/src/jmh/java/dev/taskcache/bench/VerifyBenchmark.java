package dev.taskcache.bench;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.FileArtifacts;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A look at the 100 file artifacts of one decision, beside the bare calls of the file system. */
@State(Scope.Benchmark)
public class VerifyBenchmark {
  private static final int FILES = 100;
  private static final String DIGEST = "sha256:" + "fedcba9876543210".repeat(4);

  private final List<Path> paths = new ArrayList<>();
  private final List<InputValue.Artifact> artifacts = new ArrayList<>();
  private final FileArtifacts files = new FileArtifacts();
  private final TaskRequest request =
      TaskRequest.builder(ComponentSpec.named("split"))
          .version("1")
          .outputs(
              OutputSchema.of(
                  Map.of("parts", new ValueType.ListType(new ValueType.ArtifactType("data")))))
          .build();
  private final InMemoryStore store = new InMemoryStore();
  private final TaskCache believing = TaskCache.builder(store).build();
  private final TaskCache looking = TaskCache.builder(store).verify(files).build();

  @Setup
  public void write() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("taskcache-artifacts");
    for (int i = 0; i < FILES; i++) {
      Path path = Files.writeString(folder.resolve("part-" + i + ".parquet"), "content");
      paths.add(path);
      InputValue.MapValue metadata =
          new InputValue.MapValue(Map.of(ArtifactVerifier.SIZE_BYTES, new InputValue.Int(7)));
      artifacts.add(new InputValue.Artifact("data", DIGEST, path.toUri().toString(), metadata));
    }
    believing.getOrRun(request, () -> Outputs.of(Map.of("parts", artifacts)));
  }

  @TearDown
  public void delete() throws IOException {
    for (Path path : paths) {
      Files.delete(path);
    }
    Files.delete(paths.get(0).getParent());
  }

  @Benchmark
  public int exists() {
    int there = 0;
    for (Path path : paths) {
      there += Files.exists(path) ? 1 : 0;
    }
    return there;
  }

  @Benchmark
  public long stat() throws IOException {
    long bytes = 0;
    for (Path path : paths) {
      bytes += Files.readAttributes(path, BasicFileAttributes.class).size();
    }
    return bytes;
  }

  @Benchmark
  public Optional<ArtifactVerifier.Fault> verifyExistence() {
    return files.verify(artifacts, Verification.EXISTS);
  }

  @Benchmark
  public Optional<ArtifactVerifier.Fault> verifySize() {
    return files.verify(artifacts, Verification.SIZE);
  }

  @Benchmark
  public Outcome<Outputs> believed() throws InterruptedException {
    return hit(believing);
  }

  @Benchmark
  public Outcome<Outputs> looked() throws InterruptedException {
    return hit(looking);
  }

  private Outcome<Outputs> hit(TaskCache cache) throws InterruptedException {
    return cache.getOrRun(
        request,
        () -> {
          throw new AssertionError("a miss");
        });
  }
}
