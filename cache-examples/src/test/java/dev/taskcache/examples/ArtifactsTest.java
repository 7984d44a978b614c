package dev.taskcache.examples;

import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import dev.taskcache.policy.FileArtifacts;
import dev.taskcache.policy.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
  @TempDir private Path dir;
  private Artifacts artifacts;
  private int written;

  @BeforeEach
  void open() {
    artifacts = new Artifacts(dir.resolve("kept"));
  }

  /** Something that a task writes. */
  private interface Content {
    void at(Path path) throws IOException;
  }

  private Artifact take(Content content) throws IOException {
    Path path = dir.resolve("written-" + written++);
    content.at(path);
    Artifact artifact = artifacts.take("system.Dataset", path, InputValue.MapValue.EMPTY);
    assertThat(path).doesNotExist();
    return artifact;
  }

  private static Content folder(String... files) {
    return path -> {
      Files.createDirectory(path);
      for (String file : files) {
        Path inside = path.resolve(file);
        Files.createDirectories(inside.getParent());
        Files.writeString(inside, "content of " + file);
      }
    };
  }

  private static Path pathOf(Artifact artifact) {
    return Artifacts.localPath(String.valueOf(artifact.uri())).orElseThrow();
  }

  @Test
  void aFileIsKnownByItsBytes() throws Exception {
    Artifact artifact = take(path -> Files.writeString(path, "abc"));
    assertThat(artifact.digest())
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(pathOf(artifact))
        .hasContent("abc")
        .hasFileName(artifact.digest().substring("sha256:".length()));
  }

  @Test
  void theSameContentIsKeptOnce() throws Exception {
    Artifact one = take(path -> Files.writeString(path, "abc"));
    Artifact other = take(path -> Files.writeString(path, "abc"));
    assertThat(other).isEqualTo(one);
    assertThat(take(folder("a", "b/c"))).isEqualTo(take(folder("b/c", "a")));
    try (Stream<Path> kept = Files.walk(dir.resolve("kept"))) {
      assertThat(kept.filter(each -> each.endsWith(digits(one)))).containsExactly(pathOf(one));
    }
  }

  @Test
  void whatIsKeptIsReadOnlyAndTwoDigitsAreAFolder() throws Exception {
    Path file = pathOf(take(path -> Files.writeString(path, "abc")));
    assertThat(dir.resolve("kept").relativize(file).toString())
        .startsWith("sha256/ba/ba7816bf8f01cfea");
    Path folder = pathOf(take(folder("a", "b/c")));
    for (Path each : List.of(file, folder.resolve("a"), folder.resolve("b/c"))) {
      assertThat(Files.getPosixFilePermissions(each)).as("%s", each).doesNotContain(OWNER_WRITE);
    }
  }

  /** Each object knows as little of the others as another process would. */
  @Test
  void manyWhoKeepTheSameAtOnceKeepItOnce() throws Exception {
    int writers = 8;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      for (int round = 0; round < 20; round++) {
        CyclicBarrier together = new CyclicBarrier(writers);
        List<Future<Artifact>> taken = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
          Path written = dir.resolve("written-" + round + "-" + i);
          folder("a" + round, "b/c").at(written);
          taken.add(
              threads.submit(
                  () -> {
                    together.await();
                    return new Artifacts(dir.resolve("kept"))
                        .take("system.Dataset", written, InputValue.MapValue.EMPTY);
                  }));
        }
        Set<Artifact> different = new HashSet<>();
        for (Future<Artifact> each : taken) {
          different.add(each.get());
        }
        assertThat(different).hasSize(1);
        assertIsWhole(different.iterator().next());
        assertThat(dir).isDirectoryNotContaining("glob:**/written-*");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatWasChangedIsReplacedByWhatATaskWritesAnew() throws Exception {
    for (Content content : List.<Content>of(path -> Files.writeString(path, "abc"), folder("a"))) {
      Artifact artifact = take(content);
      Path kept = pathOf(artifact);
      Path file = Files.isDirectory(kept) ? kept.resolve("a") : kept;
      Files.delete(file);
      Files.writeString(file, "changed");
      artifacts = new Artifacts(dir.resolve("kept"));
      assertThat(take(content)).isEqualTo(artifact);
      assertIsWhole(artifact);
    }
    assertThat(dir.resolve("kept/incoming")).isEmptyDirectory();
  }

  @Test
  void aTaskMayWriteOnAnotherFileSystem() throws Exception {
    Path other = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(other) && !Files.getFileStore(other).equals(Files.getFileStore(dir)),
        "no second file system");
    Path written = Files.createTempDirectory(other, "taskcache-test-");
    try {
      folder("a", "b/c").at(written.resolve("folder"));
      assertThat(written.resolve("folder/a").toFile().setExecutable(true)).isTrue();
      Files.writeString(written.resolve("file"), "abc");
      for (String name : List.of("folder", "file")) {
        Artifact artifact =
            artifacts.take("system.Dataset", written.resolve(name), InputValue.MapValue.EMPTY);
        assertIsWhole(artifact);
        assertThat(written.resolve(name)).doesNotExist();
      }
      assertThat(dir.resolve("kept/incoming")).isEmptyDirectory();
    } finally {
      ScratchFolder.delete(written);
    }
  }

  private static String digits(Artifact artifact) {
    return String.valueOf(artifact.digest()).substring("sha256:".length());
  }

  private static void assertIsWhole(Artifact artifact) {
    assertThat(new FileArtifacts().verify(List.of(artifact), Verification.DIGEST)).isEmpty();
  }

  @Test
  void differentFoldersAreDifferent() throws Exception {
    Set<String> digests = new LinkedHashSet<>();
    digests.add(take(folder()).digest());
    digests.add(take(folder("a")).digest());
    digests.add(take(folder("b")).digest());
    digests.add(take(folder("a/b")).digest());
    digests.add(take(folder("a", "b")).digest());
    digests.add(
        take(path -> {
              folder("a").at(path);
              Files.createDirectory(path.resolve("empty"));
            })
            .digest());
    digests.add(
        take(path -> {
              folder("a").at(path);
              assertThat(path.resolve("a").toFile().setExecutable(true)).isTrue();
            })
            .digest());
    assertThat(digests).hasSize(7);
  }

  @Test
  void aLinkIsWhatItPointsTo() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "abc");
    Artifact linked = take(path -> Files.createSymbolicLink(path, file));
    assertThat(linked).isEqualTo(take(path -> Files.writeString(path, "abc")));
    Files.delete(file);
    assertThat(pathOf(linked)).hasContent("abc");

    Path outside = Files.writeString(dir.resolve("outside"), "content of a");
    Artifact inside =
        take(
            path -> {
              Files.createDirectory(path);
              Files.createSymbolicLink(path.resolve("a"), outside);
            });
    assertThat(inside).isEqualTo(take(folder("a")));
  }

  @Test
  void aLinkToNowhereIsRefused() {
    assertThatIOException()
        .isThrownBy(() -> take(path -> Files.createSymbolicLink(path, dir.resolve("nowhere"))));
  }

  @Test
  void onlyFileUrisAreLocal() {
    assertThat(Artifacts.localPath("s3://bucket/x")).isEmpty();
    assertThat(Artifacts.localPath("file:relative")).isEmpty();
    assertThat(Artifacts.localPath("file:///a/b")).contains(Path.of("/a/b"));
  }
}
