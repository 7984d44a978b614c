package dev.taskcache.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the digest of a file or directory, and what is not. */
class ArtifactDigesterTest {
  @TempDir Path folder;

  private static String digest(Path path) throws IOException {
    return new ArtifactDigester().digest(path);
  }

  private Path write(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static void executable(Path file, boolean yes) throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(yes ? "rwxr-xr-x" : "rw-r-xr-x"));
  }

  private static void assertRefused(Path digested, Path named, String reason) {
    assertThatThrownBy(() -> digest(digested))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(named.toString())
        .hasMessageContaining(reason);
  }

  @Test
  void aFileIsItsBytes() throws IOException {
    String expected = "sha256:" + HexFormat.of().formatHex(Sha256.of("abc".getBytes(UTF_8)));
    Path file = write("a/b", "abc");
    assertThat(digest(file)).isEqualTo(expected);
    executable(file, true);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(digest(Files.move(file, folder.resolve("c")))).isEqualTo(expected);
    assertThat(digest(Files.createSymbolicLink(folder.resolve("l"), folder.resolve("c"))))
        .isEqualTo(expected);
    assertThat(digest(write("empty", "")))
        .isEqualTo("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void theExampleOfThePageHasItsBytes() throws IOException {
    executable(write("out/bin/run", "#!/bin/sh\n"), true);
    write("out/a.txt", "a");
    Files.createDirectories(folder.resolve("out/logs"));
    String page = Files.readString(Path.of("../docs/key-format.md"));
    String example = page.substring(page.indexOf("is the digest of\n") + 17);
    String[] parts = example.split("which is `");
    Path directory = folder.resolve("out").toRealPath();
    assertThat(HexFormat.of().formatHex(new ArtifactDigester().document(directory)))
        .isEqualTo(parts[0].replaceAll("\\s", ""));
    assertThat(parts[1]).startsWith(digest(directory) + "`");
  }

  @Test
  void whateverIsInADirectoryCounts() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    Set<String> seen = new HashSet<>();
    assertThat(digest(out)).isEqualTo("sha256:" + ValueDigest.of(InputValue.MapValue.EMPTY).hex());
    assertThat(seen.add(digest(out))).isTrue();
    Path file = write("out/a", "x");
    assertThat(seen.add(digest(out))).as("a file").isTrue();
    write("out/a", "y");
    assertThat(seen.add(digest(out))).as("its content").isTrue();
    executable(file, true);
    assertThat(seen.add(digest(out))).as("its executable bit").isTrue();
    Files.move(file, out.resolve("A"));
    assertThat(seen.add(digest(out))).as("the case of its name").isTrue();
    Files.createDirectories(out.resolve("b/c"));
    assertThat(seen.add(digest(out))).as("an empty directory").isTrue();
    Files.delete(out.resolve("b/c"));
    assertThat(seen.add(digest(out))).as("which one is empty").isTrue();
    Files.move(out.resolve("A"), out.resolve("b/A"));
    assertThat(seen.add(digest(out))).as("where a file is").isTrue();
    Files.createFile(out.resolve("c"));
    assertThat(seen.add(digest(out))).as("an empty file").isTrue();
    Files.delete(out.resolve("c"));
    Files.createDirectory(out.resolve("c"));
    assertThat(seen.add(digest(out))).as("an empty file is no empty directory").isTrue();
  }

  @Test
  void nothingElseCounts() throws IOException {
    for (String name : List.of("bb", "a", "c/d")) {
      write("one/" + name, name);
    }
    for (String name : List.of("c/d", "a", "bb")) {
      write("two/" + name, name);
    }
    executable(folder.resolve("two/a"), false);
    Files.setLastModifiedTime(folder.resolve("two/a"), FileTime.fromMillis(0));
    Files.setLastModifiedTime(folder.resolve("two/c"), FileTime.fromMillis(0));
    assertThat(digest(folder.resolve("two"))).isEqualTo(digest(folder.resolve("one")));
    assertThat(digest(folder.resolve("two/../two/."))).isEqualTo(digest(folder.resolve("one")));
    Path link = Files.createSymbolicLink(folder.resolve("three"), Path.of("two"));
    assertThat(digest(link)).isEqualTo(digest(folder.resolve("one")));
  }

  @Test
  void twoPathsToOneContentAreTwo() throws IOException {
    write("one/a", "x");
    write("two/a", "x");
    write("two/b", "x");
    assertThat(digest(folder.resolve("two/a"))).isEqualTo(digest(folder.resolve("two/b")));
    assertThat(digest(folder.resolve("two"))).isNotEqualTo(digest(folder.resolve("one")));
  }

  /** By URIs, which say a name's bytes, whatever the locale. */
  private Path named(String bytes) throws IOException {
    return Files.createFile(Path.of(URI.create(folder.toRealPath().toUri() + bytes)));
  }

  @Test
  void namesAreTakenAsTheyAre() throws IOException {
    named("%C3%A9");
    String composed = digest(folder);
    assertThat(new String(new ArtifactDigester().document(folder.toRealPath()), UTF_8))
        .contains("\u00e9");
    Files.delete(Path.of(URI.create(folder.toRealPath().toUri() + "%C3%A9")));
    named("e%CC%81");
    assertThat(digest(folder)).isNotEqualTo(composed);
    named("a%5Cb%20%25");
    assertThat(new String(new ArtifactDigester().document(folder.toRealPath()), UTF_8))
        .contains("a\\b %")
        .contains("e\u0301");
  }

  @Test
  void aNameThatIsNotUnicodeIsRefused() throws IOException {
    Path file = named("a%FF");
    assertRefused(folder, file, "not Unicode");
    Files.delete(file);
    Files.createDirectory(Path.of(URI.create(folder.toRealPath().toUri() + "%ED%A0%80")));
    assertRefused(folder, folder, "not Unicode");
  }

  @Test
  void linksCountAsWhatTheyLeadTo() throws IOException {
    write("plain/a", "x");
    write("plain/b", "x");
    write("plain/d/c", "y");
    write("plain/e/c", "y");
    write("linked/a", "x");
    write("linked/d/c", "y");
    Path linked = folder.resolve("linked");
    Files.createSymbolicLink(linked.resolve("b"), Path.of("a"));
    Files.createSymbolicLink(linked.resolve("e"), Path.of("d"));
    assertThat(digest(linked)).isEqualTo(digest(folder.resolve("plain")));
    Files.delete(linked.resolve("b"));
    Files.createSymbolicLink(linked.resolve("b"), linked.resolve("e/../a"));
    assertThat(digest(linked)).isEqualTo(digest(folder.resolve("plain")));
  }

  @Test
  void linksThatLeaveOrLeadNowhereAreRefused() throws IOException {
    write("outside", "x");
    Path out = write("out/d/a", "x").getParent().getParent();
    for (String target : List.of("../../outside", "../..", "/etc", "nowhere", "l", "../d", "..")) {
      Path link = Files.createSymbolicLink(out.resolve("d/l"), Path.of(target));
      assertRefused(out, link, "a link");
      Files.delete(link);
    }
    // A name that begins like the directory's is not inside it.
    write("out2/a", "x");
    Path link = Files.createSymbolicLink(out.resolve("l"), Path.of("../out2/a"));
    assertRefused(out, link, "leads out of the directory");
  }

  @Test
  void linksThatMultiplyAreRefused() throws IOException {
    for (int level = 0; level < 30; level++) {
      Path directory = Files.createDirectory(folder.resolve("d" + level));
      if (level > 0) {
        Files.createSymbolicLink(directory.resolve("a"), Path.of("../d" + (level - 1)));
        Files.createSymbolicLink(directory.resolve("b"), Path.of("../d" + (level - 1)));
      }
    }
    Path root = folder.toRealPath();
    assertThatThrownBy(() -> FileTree.of(root, 1_000))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("links lead to more than 1000 paths");
  }

  @Test
  void whatHasNoContentIsRefused() throws IOException {
    Path special = folder.resolve("s");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(special));
      assertRefused(folder, special, "neither a file nor a directory");
      assertRefused(special, special, "neither a file nor a directory");
    }
    Files.deleteIfExists(special);
    assertThatThrownBy(() -> digest(special)).isInstanceOf(NoSuchFileException.class);
  }
}
