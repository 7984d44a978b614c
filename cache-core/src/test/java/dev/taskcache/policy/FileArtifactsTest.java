package dev.taskcache.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ArtifactDigester;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.FileArtifacts.Level;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which artifacts are looked at, how closely, and what is said of those that are not good. */
class FileArtifactsTest {
  private static final FileArtifacts EXISTS = FileArtifacts.of(Level.EXISTS);
  private static final FileArtifacts DIGEST = FileArtifacts.of(Level.DIGEST);

  @TempDir Path dir;

  private static Artifact artifact(String digest, String uri) {
    return new Artifact("data", digest, uri, InputValue.MapValue.EMPTY);
  }

  private static Artifact of(Path path) throws IOException {
    return artifact(new ArtifactDigester().digest(path), path.toUri().toString());
  }

  private Path write(String name, String content) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  @Test
  void whatIsThereAsItWasIsGood() throws IOException {
    List<Artifact> good = List.of(of(write("a b", "x")), of(write("c/d", "y").getParent()));

    assertThat(EXISTS.verify(good)).isEmpty();
    assertThat(DIGEST.verify(good)).isEmpty();
  }

  @Test
  void theFirstThatIsGoneIsNamed() throws IOException {
    Artifact good = of(write("good", "x"));
    Artifact gone = of(write("gone/file", "y").getParent());
    Files.delete(dir.resolve("gone/file"));
    Files.delete(dir.resolve("gone"));
    Artifact never = artifact(null, dir.resolve("never").toUri().toString());

    for (FileArtifacts each : List.of(EXISTS, DIGEST)) {
      assertThat(each.verify(List.of(good, gone, never)))
          .contains(
              new ArtifactVerifier.Fault(Reason.OUTPUT_MISSING, gone.uri() + " is not there"));
    }
  }

  @Test
  void otherBytesAreSeenByWhoReadsThem() throws IOException {
    Artifact file = of(write("file", "before"));
    Artifact folder = of(write("folder/file", "before").getParent());
    write("file", "after");
    Files.delete(write("folder/file", "after"));

    for (Artifact changed : List.of(file, folder)) {
      assertThat(EXISTS.verify(List.of(changed))).isEmpty();
      ArtifactVerifier.Fault fault = DIGEST.verify(List.of(changed)).orElseThrow();
      assertThat(fault.reason()).isEqualTo(Reason.OUTPUT_CHANGED);
      assertThat(fault.message()).startsWith(changed.uri()).endsWith(changed.digest());
    }
  }

  @Test
  void whatHasNoDigestThatCouldBeComparedHasToBeThereOnly() throws IOException {
    String uri = write("file", "x").toUri().toString();

    assertThat(DIGEST.verify(List.of(artifact(null, uri), artifact("md5:0", uri)))).isEmpty();
  }

  @Test
  void whatCannotBeReadIsMissingAndSaysWhy() throws IOException {
    Path folder = write("folder/file", "x").getParent();
    Artifact artifact = of(folder);
    Files.createSymbolicLink(folder.resolve("link"), dir.resolve("nowhere"));

    ArtifactVerifier.Fault fault = DIGEST.verify(List.of(artifact)).orElseThrow();

    assertThat(fault.reason()).isEqualTo(Reason.OUTPUT_MISSING);
    assertThat(fault.message()).startsWith(artifact.uri() + " cannot be read: ").contains("link");
  }

  @Test
  void whatIsElsewhereIsBelieved() {
    String digest = "sha256:" + "0".repeat(64);
    List<Artifact> elsewhere =
        List.of(
            artifact(digest, "s3://bucket/x"),
            artifact(digest, "file://another-machine/x"),
            artifact(digest, null));

    assertThat(EXISTS.verify(elsewhere)).isEmpty();
    assertThat(DIGEST.verify(elsewhere)).isEmpty();
  }

  @Test
  void aUriThatIsNoneIsMissingAndSaysWhatToWrite() {
    for (String uri : List.of("file:relative", "file:///a b", "FILE:x")) {
      ArtifactVerifier.Fault fault =
          EXISTS.verify(List.of(artifact(null, uri))).orElseThrow(() -> new AssertionError(uri));
      assertThat(fault.reason()).isEqualTo(Reason.OUTPUT_MISSING);
      assertThat(fault.message()).startsWith(uri).endsWith("write file:// and an absolute path");
    }
  }

  /** The digester believes its memory where neither size nor time has changed; a new one reads. */
  @Test
  void aDigesterThatIsGivenRemembersWhatItHasRead() throws IOException {
    Path file = write("file", "before");
    Artifact artifact = of(file);
    FileArtifacts remembering = FileArtifacts.digesting(new ArtifactDigester());
    assertThat(remembering.verify(List.of(artifact))).isEmpty();
    var time = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(Files.writeString(file, "others"), time);

    assertThat(remembering.verify(List.of(artifact))).isEmpty();
    assertThat(DIGEST.verify(List.of(artifact))).isPresent();
  }

  @Test
  void anEntryWhoseArtifactIsGoneIsAMissAndReplaced() throws Exception {
    TaskRequest request =
        TaskRequest.builder(ComponentSpec.named("writes"))
            .version("1")
            .outputs(OutputSchema.of(Map.of("data", new ValueType.ArtifactType("data"))))
            .build();
    try (TaskCache cache = TaskCache.builder(new InMemoryStore()).verify(DIGEST).build()) {
      assertThat(run(cache, request).reason()).isEqualTo(Reason.NO_ENTRY);
      assertThat(run(cache, request).reason()).isEqualTo(Reason.ENTRY_FOUND);
      Files.delete(dir.resolve("written"));
      CacheDecision missing = run(cache, request);
      assertThat(missing.reason()).isEqualTo(Reason.OUTPUT_MISSING);
      assertThat(missing.message()).contains("written is not there");
      Files.writeString(dir.resolve("written"), "other");
      assertThat(run(cache, request).reason()).isEqualTo(Reason.OUTPUT_CHANGED);
      assertThat(run(cache, request).reason()).isEqualTo(Reason.ENTRY_FOUND);
    }
  }

  private CacheDecision run(TaskCache cache, TaskRequest request) throws Exception {
    Outcome<Outputs> outcome =
        cache.<IOException>getOrRun(
            request,
            () -> new Outputs(new InputValue.MapValue(Map.of("data", of(write("written", "x"))))));
    return outcome.decision();
  }
}
