package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Image references, and resolvers of their tags. */
class ImagesTest {
  private static final String SHA = "sha256:" + "0a".repeat(32);
  private static final String OTHER = "sha256:" + "0b".repeat(32);
  private static final String SHA512 = "sha512:" + "0a".repeat(64);

  @TempDir private Path folder;

  @Test
  void aReferenceWithADigestIsThatDigest() {
    ImageRef digest = new ImageRef.Digest(SHA);
    assertThat(ImageRef.parse(SHA)).isEqualTo(digest);
    assertThat(ImageRef.parse("python@" + SHA)).isEqualTo(digest);
    assertThat(ImageRef.parse("r.example:5000/p/python:3.11@" + SHA)).isEqualTo(digest);
    assertThat(ImageRef.parse("a@b@" + SHA)).isEqualTo(digest);
    assertThat(ImageRef.parse(SHA512)).isEqualTo(new ImageRef.Digest(SHA512));
    assertThat(ImageRef.parse("python@blake3:Ab_-="))
        .isEqualTo(new ImageRef.Digest("blake3:Ab_-="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python",
        "python:latest",
        "r.example:5000/python",
        "sha256",
        "sha256:latest",
        "sha256:0A0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        "sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        "sha512:0a"
      })
  void anythingElseWithoutAnAtIsATag(String reference) {
    assertThat(ImageRef.parse(reference)).isEqualTo(new ImageRef.Tag(reference));
  }

  @Test
  void sha512InUpperCaseIsATagToo() {
    String upper = "sha512:" + "0A".repeat(64);
    assertThat(ImageRef.parse(upper)).isEqualTo(new ImageRef.Tag(upper));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "@sha256:", "python@", "python@sha256:0a", "python@3.11", "p@x:y\n"})
  void aMalformedReferenceIsRefused(String reference) {
    assertThatThrownBy(() -> ImageRef.parse(reference))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll(reference.isEmpty() ? "must not be empty" : "\"");
  }

  @Test
  void aDigestAloneAfterAnAtHasNoRepository() {
    assertRefused("", "no repository before the @", () -> ImageRef.parse("@" + SHA));
  }

  @Test
  void partsOfReferencesAreNotEmptyNorMalformed() {
    assertRefused("", "not a digest", () -> new ImageRef.Digest("sha256:0a"));
    assertRefused("", "must not be empty", () -> new ImageRef.Tag(""));
    assertRefused("", "must not be empty", () -> new ImageRef.TagByName(""));
  }

  @Test
  void aResolverOfAMapKnowsItsImagesWordForWord() {
    Map<String, String> digests = new HashMap<>(Map.of("python:3.11", SHA));
    ImageDigestResolver resolver = ImageDigestResolver.of(digests);
    digests.clear();
    assertThat(resolver.resolve("python:3.11")).contains(SHA);
    assertThat(resolver.resolve("python")).isEmpty();
    assertThat(ImageDigestResolver.NONE.resolve("python:3.11")).isEmpty();
  }

  @Test
  void aResolverOfAMapRefusesAMalformedDigest() {
    assertRefused(
        "images[\"python:3.11\"]",
        "\"3.11\" is not a digest",
        () -> ImageDigestResolver.of(Map.of("python:3.11", "3.11")));
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("images.txt"), content);
  }

  @Test
  void aResolverOfAFileKnowsItsLines() throws IOException {
    Path file = file("# images\n\n  python:3.11 \t " + SHA + "  \r\nr.example/a:1 " + OTHER);
    ImageDigestResolver resolver = ImageDigestResolver.ofFile(file);
    Files.delete(file);
    assertThat(resolver.resolve("python:3.11")).contains(SHA);
    assertThat(resolver.resolve("r.example/a:1")).contains(OTHER);
    assertThat(resolver.resolve("#")).isEmpty();
  }

  private void refusedLine(String line, String problem, String content) throws IOException {
    Path file = file(content);
    assertThatThrownBy(() -> ImageDigestResolver.ofFile(file))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContainingAll("images.txt", line, problem);
  }

  @Test
  void aMalformedLineIsRefusedWithItsFileAndNumber() throws IOException {
    refusedLine("line 1", "write a reference and its digest", "python:3.11\n");
    refusedLine("line 2", "write a reference and its digest", "# x\na " + SHA + " b\n");
    refusedLine("line 3", "\"3.11\" is not a digest", "\n\npython 3.11\n");
  }

  @Test
  void aReferenceThatIsGivenAgainIsRefusedEvenWithTheSameDigest() throws IOException {
    refusedLine("line 2", "\"a\" has a digest already", "a " + SHA + "\na " + SHA + "\n");
  }

  @Test
  void aFileThatCannotBeReadIsAnIoException() throws IOException {
    assertThatThrownBy(() -> ImageDigestResolver.ofFile(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
    assertThatThrownBy(() -> ImageDigestResolver.ofFile(binary))
        .isInstanceOf(MalformedInputException.class);
  }
}
