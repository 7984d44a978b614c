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
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which artifacts are looked at, how closely, and what is said of those that are not good. */
class FileArtifactsTest {
  private static final FileArtifacts FILES = new FileArtifacts();

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

    assertThat(FILES.verify(good, Verification.EXISTS)).isEmpty();
    assertThat(FILES.verify(good, Verification.DIGEST)).isEmpty();
  }

  @Test
  void theFirstThatIsGoneIsNamed() throws IOException {
    Artifact good = of(write("good", "x"));
    Artifact gone = of(write("gone/file", "y").getParent());
    Files.delete(dir.resolve("gone/file"));
    Files.delete(dir.resolve("gone"));
    Artifact never = artifact(null, dir.resolve("never").toUri().toString());

    for (Verification level :
        List.of(Verification.EXISTS, Verification.SIZE, Verification.DIGEST)) {
      assertThat(FILES.verify(List.of(good, gone, never), level))
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
      assertThat(FILES.verify(List.of(changed), Verification.EXISTS)).isEmpty();
      ArtifactVerifier.Fault fault =
          FILES.verify(List.of(changed), Verification.DIGEST).orElseThrow();
      assertThat(fault.reason()).isEqualTo(Reason.OUTPUT_CHANGED);
      assertThat(fault.message()).startsWith(changed.uri()).endsWith(changed.digest());
    }
  }

  @Test
  void whatHasNoDigestThatCouldBeComparedHasToBeThereOnly() throws IOException {
    String uri = write("file", "x").toUri().toString();

    assertThat(
            FILES.verify(List.of(artifact(null, uri), artifact("md5:0", uri)), Verification.DIGEST))
        .isEmpty();
  }

  @Test
  void whatCannotBeReadIsNotKnownToBeGoodAndSaysWhy() throws IOException {
    Path folder = write("folder/file", "x").getParent();
    Artifact artifact = of(folder);
    Files.createSymbolicLink(folder.resolve("link"), dir.resolve("nowhere"));

    ArtifactVerifier.Fault fault =
        FILES.verify(List.of(artifact), Verification.DIGEST).orElseThrow();

    assertThat(fault.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
    assertThat(fault.message()).startsWith(artifact.uri() + " cannot be read: ").contains("link");
  }

  @Test
  void aLoopOfLinksIsNotKnownToBeGood() throws IOException {
    Path loop = Files.createSymbolicLink(dir.resolve("loop"), dir.resolve("loop"));

    for (Verification level : List.of(Verification.EXISTS, Verification.SIZE)) {
      assertThat(FILES.verify(List.of(artifact(null, loop.toUri().toString())), level))
          .hasValueSatisfying(
              fault -> assertThat(fault.reason()).isEqualTo(Reason.VERIFICATION_FAILED));
    }
  }

  @Test
  void sizesAreComparedWhereTheMetadataSaysThem() throws IOException {
    String uri = write("file", "four").toUri().toString();

    assertThat(FILES.verify(List.of(sized(uri, 4)), Verification.SIZE)).isEmpty();
    assertThat(FILES.verify(List.of(sized(uri, 5)), Verification.EXISTS)).isEmpty();
    for (Verification level : List.of(Verification.SIZE, Verification.DIGEST)) {
      assertThat(FILES.verify(List.of(sized(uri, 4), sized(uri, 5)), level))
          .contains(
              new ArtifactVerifier.Fault(Reason.OUTPUT_CHANGED, uri + " has 4 bytes instead of 5"));
    }
  }

  /** A folder has no size of its own, and what is no whole number says none. */
  @Test
  void aSizeThatCannotBeComparedIsNotCompared() throws IOException {
    String folder = write("folder/file", "four").getParent().toUri().toString();
    String file = dir.resolve("folder/file").toUri().toString();

    List<Artifact> unknown =
        List.of(
            sized(folder, 7),
            sized(file, -1),
            sized(file, "7"),
            sized(file, 7.0),
            sized(file, BigInteger.TWO.pow(64)));
    assertThat(FILES.verify(unknown, Verification.SIZE)).isEmpty();
  }

  private static Artifact sized(String uri, Object size) {
    InputValue.MapValue metadata =
        new InputValue.MapValue(Map.of(ArtifactVerifier.SIZE_BYTES, InputValue.of(size)));
    return new Artifact("data", null, uri, metadata);
  }

  @Test
  void whatIsElsewhereIsBelieved() {
    String digest = "sha256:" + "0".repeat(64);
    List<Artifact> elsewhere =
        List.of(
            artifact(digest, "s3://bucket/x"),
            artifact(digest, "file://another-machine/x"),
            artifact(digest, null));

    assertThat(FILES.verify(elsewhere, Verification.EXISTS)).isEmpty();
    assertThat(FILES.verify(elsewhere, Verification.DIGEST)).isEmpty();
  }

  @Test
  void aUriThatIsNoneIsMissingAndSaysWhatToWrite() {
    for (String uri : List.of("file:relative", "file:///a b", "FILE:x")) {
      ArtifactVerifier.Fault fault =
          FILES
              .verify(List.of(artifact(null, uri)), Verification.EXISTS)
              .orElseThrow(() -> new AssertionError(uri));
      assertThat(fault.reason()).isEqualTo(Reason.OUTPUT_MISSING);
      assertThat(fault.message()).startsWith(uri).endsWith("write file:// and an absolute path");
    }
  }

  /** The digester believes its memory where neither size nor time has changed; a new one reads. */
  @Test
  void aDigesterThatIsGivenRemembersWhatItHasRead() throws IOException {
    Path file = write("file", "before");
    Artifact artifact = of(file);
    FileArtifacts remembering = new FileArtifacts(new ArtifactDigester());
    assertThat(remembering.verify(List.of(artifact), Verification.DIGEST)).isEmpty();
    var time = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(Files.writeString(file, "others"), time);

    assertThat(remembering.verify(List.of(artifact), Verification.DIGEST)).isEmpty();
    assertThat(FILES.verify(List.of(artifact), Verification.DIGEST)).isPresent();
  }

  @Test
  void anEntryWhoseArtifactIsGoneIsAMissAndReplaced() throws Exception {
    TaskRequest request =
        TaskRequest.builder(ComponentSpec.named("writes"))
            .version("1")
            .outputs(OutputSchema.of(Map.of("data", new ValueType.ArtifactType("data"))))
            .build();
    try (TaskCache cache =
        TaskCache.builder(new InMemoryStore())
            .verify(FILES)
            .defaults(CachingOptions.builder().verification(Verification.DIGEST).build())
            .build()) {
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
