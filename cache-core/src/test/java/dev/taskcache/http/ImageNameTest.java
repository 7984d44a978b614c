package dev.taskcache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.ImageNotResolvedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of images, read as Docker reads them. */
class ImageNameTest {
  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io, library/alpine, latest",
    "alpine:3.20, docker.io, library/alpine, 3.20",
    "docker.io/alpine, docker.io, library/alpine, latest",
    "index.docker.io/alpine:1, docker.io, library/alpine, 1",
    "bitnami/redis, docker.io, bitnami/redis, latest",
    "localhost/train, localhost, train, latest",
    "localhost:5000/train:2, localhost:5000, train, 2",
    "registry:5000/train, registry:5000, train, latest",
    "ghcr.io/a/b/c-d__e.f:v1_2-3.x, ghcr.io, a/b/c-d__e.f, v1_2-3.x",
    "[::1]:5000/train:2, [::1]:5000, train, 2",
    "127.0.0.1:5000/train, 127.0.0.1:5000, train, latest",
    "a--b, docker.io, library/a--b, latest"
  })
  void isReadAsDockerReadsIt(String text, String registry, String repository, String tag) {
    assertThat(ImageName.parse(text)).isEqualTo(new ImageName(text, registry, repository, tag));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Alpine",
        "alpine:",
        "alpine:-x",
        "a b",
        "/alpine",
        "a//b",
        "a/",
        "https://ghcr.io/a/b",
        "ghcr.io/A/b",
        "ghcr.io/",
        "a/../b",
        "a/b?c",
        "a:b:c",
        "a___b",
        "docker://alpine"
      })
  void whatNoRegistryCouldHaveIsRefused(String text) {
    assertThatThrownBy(() -> ImageName.parse(text))
        .isInstanceOf(ImageNotResolvedException.class)
        .hasMessageStartingWith("\"" + text + "\" is no image")
        .hasMessageContaining("write it as in");
  }

  /** A name is a stranger's text: the pattern must not try every way to read it. */
  @Test
  void aLongNameIsRefusedAtOnce() {
    String text = "a-".repeat(50_000) + "!";
    assertThatThrownBy(() -> ImageName.parse(text)).isInstanceOf(ImageNotResolvedException.class);
  }
}
