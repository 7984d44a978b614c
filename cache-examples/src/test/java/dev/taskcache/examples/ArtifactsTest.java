package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
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
    assertThat(dir.resolve("kept/sha256")).isDirectoryContaining(Files::isRegularFile);
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
