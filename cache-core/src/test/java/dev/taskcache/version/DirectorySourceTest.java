package dev.taskcache.version;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a version in a directory, what is none, and what is an error. */
class DirectorySourceTest {
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path folder;

  private Path pipelines;
  private Path train;
  private DirectorySource source;

  @BeforeEach
  void begin() throws IOException {
    pipelines = Files.createDirectory(folder.resolve("pipelines"));
    train = Files.createDirectory(pipelines.resolve("train"));
    source = DirectorySource.of(pipelines);
  }

  private Path publish(String id, String content) throws IOException {
    Path unfinished = Files.writeString(train.resolve(".unfinished"), content);
    return Files.move(
        unfinished,
        train.resolve(id + ".yaml"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private List<String> ids() throws IOException {
    return source.versions("train").stream().map(PipelineVersion::id).sorted().toList();
  }

  @Test
  void aVersionIsWhatItsFileIs() throws IOException {
    Files.setLastModifiedTime(publish("v1.4.2", "a: 1\n"), FileTime.from(CREATED));

    PipelineVersion version = source.versions("train").get(0);

    assertThat(version)
        .isEqualTo(
            new PipelineVersion(
                "train",
                "v1.4.2",
                CREATED,
                VersionState.READY,
                "sha256:37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae",
                "1.4.2"));
    assertThat(new String(source.load(version), UTF_8)).isEqualTo("a: 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "1.4.2, 1.4.2",
    "v1.4.2, 1.4.2",
    "1.0.0-rc.1+build.007, 1.0.0-rc.1+build.007",
    "1.0.0-0a, 1.0.0-0a",
    "vv1.4.2,",
    "V1.4.2,",
    "1.4,",
    "01.4.2,",
    "1.0.0-01,",
    "1.0.0-,",
    "'1.0.0 ',",
    "' 1.0.0',",
    "'1.0.0\n',",
    "latest,"
  })
  void aNumberIsOneAfterSemver(String name, String number) {
    assertThat(PipelineVersion.numberIn(name)).isEqualTo(number);
  }

  @Test
  void aNumberHasAnEnd() {
    assertThat(PipelineVersion.numberIn("1.0.0-" + "a".repeat(250))).hasSize(256);
    assertThat(PipelineVersion.numberIn("1.0.0-" + "a".repeat(251))).isNull();
    assertThat(PipelineVersion.numberIn("1.0.0-a" + ".a".repeat(100_000))).isNull();
  }

  @Test
  void otherNamesAreNoVersions() throws IOException {
    publish("1.0.0", "a");
    for (String name :
        List.of(".2.0.0.yaml", "2.0.0.yaml.tmp", "2.0.0.yml", "2.0.0.YAML", "2.0.0", ".yaml")) {
      Files.writeString(train.resolve(name), "b");
    }
    Files.createDirectory(train.resolve("3.0.0.yaml"));
    Files.createDirectory(pipelines.resolve(".hidden"));
    Files.writeString(pipelines.resolve(".hidden/1.0.0.yaml"), "b");
    Files.writeString(pipelines.resolve("file"), "b");

    assertThat(ids()).containsExactly("1.0.0");
    assertThat(source.version("train", ".2.0.0")).isEmpty();
    assertThat(source.version("train", "3.0.0")).isEmpty();
    assertThat(source.versions(".hidden")).isEmpty();
    assertThat(source.versions("file")).isEmpty();
  }

  @Test
  void aMissingDirectoryIsASourceThatIsDownAndAMissingFolderIsAPipelineWithoutVersions()
      throws IOException {
    assertThat(source.versions("another")).isEmpty();
    PipelineVersion version = version(publish("1.0.0", "a"));
    for (Path none : List.of(folder.resolve("none"), Files.createFile(folder.resolve("file")))) {
      DirectorySource down = DirectorySource.of(none);

      assertThatThrownBy(() -> down.versions("train"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("pipeline \"train\" in " + none)
          .hasMessageContaining("is no directory; mount it");
      assertThatThrownBy(() -> down.version("train", "1.0.0")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> down.load(version)).isInstanceOf(IOException.class);
    }
  }

  private PipelineVersion version(Path file) throws IOException {
    String name = file.getFileName().toString();
    return source.version("train", name.substring(0, name.length() - 5)).orElseThrow();
  }

  @Test
  void aThousandVersionsThatDidNotChangeAreNotReadAgain() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      files.add(publish("1.0." + i, "version " + i));
    }
    List<PipelineVersion> before = source.versions("train");
    for (Path file : files) { // Who read it would see it; neither size nor time says it.
      FileTime modified = Files.getLastModifiedTime(file);
      try (RandomAccessFile written = new RandomAccessFile(file.toFile(), "rw")) {
        written.write('V');
      }
      Files.setLastModifiedTime(file, modified);
    }

    assertThat(before).hasSize(1_000).extracting(PipelineVersion::digest).doesNotHaveDuplicates();
    assertThat(source.versions("train")).hasSameElementsAs(before);
    assertThat(source.version("train", "1.0.7")).isPresent().get().isIn(before);
    assertThat(DirectorySource.of(pipelines).versions("train"))
        .hasSize(1_000)
        .doesNotContainAnyElementsOf(before);
  }

  @Test
  void aFileThatIsReplacedHasAnotherDigestAndTheOldVersionIsNotThereAnyMore() throws IOException {
    PipelineVersion old = version(publish("1.0.0", "one"));
    Files.setLastModifiedTime(publish("1.0.0", "two"), FileTime.from(old.createdAt()));

    PipelineVersion now = source.versions("train").get(0);

    assertThat(now.digest()).isEqualTo(PipelineVersion.digestOf("two".getBytes(UTF_8)));
    assertThat(source.load(now)).isEqualTo("two".getBytes(UTF_8));
    assertThatThrownBy(() -> source.load(old))
        .hasMessageContaining("has the digest " + now.digest() + " instead of " + old.digest());
  }

  @Test
  void whatIsNotListedAnyMoreIsForgotten() throws IOException {
    Path file = publish("1.0.0", "one");
    Files.setLastModifiedTime(file, FileTime.from(CREATED));
    assertThat(version(file).digest()).isEqualTo(digest("one"));
    Path aside = Files.move(file, train.resolve("aside"));
    assertThat(ids()).isEmpty();
    Files.writeString(aside, "two"); // Of the same size, in the same file, with the same time.
    Files.setLastModifiedTime(aside, FileTime.from(CREATED));

    assertThat(version(Files.move(aside, file)).digest()).isEqualTo(digest("two"));
  }

  @Test
  void filesThatComeAndGoMeanwhileHarmNobody() throws Exception {
    publish("stays", "stays");
    List<String> possible = List.of(digest("stays"), digest("one"), digest("two!"));
    AtomicBoolean finished = new AtomicBoolean();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Future<?> publisher =
        executor.submit(
            () -> {
              try {
                for (int i = 0; i < 500; i++) {
                  publish("replaced", i % 2 == 0 ? "one" : "two!");
                  Files.delete(publish("removed", "one"));
                }
                return null;
              } finally {
                finished.set(true);
              }
            });
    int lists = 0;
    for (boolean last = false; !last; lists++) {
      last = finished.get();
      List<PipelineVersion> versions = source.versions("train");
      assertThat(versions).extracting(PipelineVersion::id).contains("stays");
      assertThat(versions).extracting(PipelineVersion::digest).isSubsetOf(possible);
    }
    publisher.get(1, TimeUnit.MINUTES);
    executor.shutdownNow();

    assertThat(lists).isPositive();
    assertThat(ids()).containsExactly("replaced", "stays");
    assertThat(source.version("train", "replaced").orElseThrow().digest())
        .isEqualTo(digest("two!"));
  }

  private static String digest(String content) {
    return PipelineVersion.digestOf(content.getBytes(UTF_8));
  }

  @Test
  void linksInsideTheDirectoryAreFollowedAsAMountedConfigMapHasThem() throws IOException {
    Path data = Files.createDirectory(train.resolve("..2026_03_01"));
    Files.writeString(data.resolve("1.0.0.yaml"), "a");
    Files.createSymbolicLink(train.resolve("..data"), data.getFileName());
    Files.createSymbolicLink(train.resolve("1.0.0.yaml"), Path.of("..data", "1.0.0.yaml"));
    Files.createSymbolicLink(pipelines.resolve("alias"), Path.of("train"));
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), pipelines);

    for (DirectorySource each : List.of(source, DirectorySource.of(linked))) {
      for (String pipeline : List.of("train", "alias")) {
        PipelineVersion version = each.versions(pipeline).get(0);
        assertThat(version.digest()).isEqualTo(digest("a"));
        assertThat(each.load(version)).isEqualTo("a".getBytes(UTF_8));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../secret.yaml", "none.yaml", "link.yaml"})
  void linksThatLeadOutOrNowhereAreErrors(String target) throws IOException {
    Files.writeString(folder.resolve("secret.yaml"), "secret");
    PipelineVersion version =
        new PipelineVersion("train", "link", CREATED, VersionState.READY, digest("secret"), null);
    Files.createSymbolicLink(train.resolve("link.yaml"), Path.of(target));
    publish("1.0.0", "a");

    assertThatThrownBy(() -> source.versions("train"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("link.yaml: a link that leads ");
    assertThatThrownBy(() -> source.version("train", "link")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> source.load(version)).isInstanceOf(IOException.class);
    assertThat(source.version("train", "1.0.0")).isPresent();
  }

  @Test
  void aPipelinesFolderMayNotLeadOutEither() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("1.0.0.yaml"), "secret");
    Files.createSymbolicLink(pipelines.resolve("link"), outside);

    assertThatThrownBy(() -> source.versions("link"))
        .hasMessageContaining("a link that leads out of " + pipelines.toRealPath());
    assertThatThrownBy(() -> source.version("link", "1.0.0")).isInstanceOf(IOException.class);
  }

  @Test
  void aFileThatCannotBeReadIsAnErrorNotAShorterList() throws IOException {
    Path zip = folder.resolve("pipelines.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.createDirectory(files.getPath("/train"));
      Files.writeString(files.getPath("/train/1.0.0.yaml"), "a".repeat(100));
    }
    byte[] damaged = Files.readAllBytes(zip);
    String text = new String(damaged, ISO_8859_1);
    int header = text.lastIndexOf("PK\u0003\u0004", text.indexOf(".yaml"));
    int data = header + 30 + damaged[header + 26] + damaged[header + 28]; // Name and more.
    damaged[data] = (byte) 0xFF; // No kind of block that deflate knows.
    Files.write(zip, damaged);

    try (FileSystem files = FileSystems.newFileSystem(zip)) {
      DirectorySource broken = DirectorySource.of(files.getPath("/"));
      assertThatThrownBy(() -> broken.versions("train"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("pipeline \"train\" in /: ");
    }
  }

  @Test
  void aDirectoryInAZipFileServes() throws IOException {
    Path zip = folder.resolve("pipelines.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.createDirectory(files.getPath("/train"));
      Files.writeString(files.getPath("/train/été.yaml"), "a");
      DirectorySource zipped = DirectorySource.of(files.getPath("/"));

      PipelineVersion version = zipped.versions("train").get(0);

      assertThat(version.id()).isEqualTo("été");
      assertThat(zipped.load(version)).isEqualTo("a".getBytes(UTF_8));
      assertThat(zipped.versions("..")).isEmpty();
    }
  }

  @Test
  void aNameThatIsNotUnicodeIsToBeChanged() throws IOException {
    Files.createFile(Path.of(URI.create(train.toUri() + "%FF.yaml")));

    assertThatThrownBy(() -> source.versions("train"))
        .hasMessageContaining("its name is not Unicode (UTF-8); rename it");
  }

  @Test
  void namesAreTheSameInEveryLocale() throws Exception {
    Path versions = Files.createDirectory(pipelines.resolve("entraînement"));
    Files.writeString(versions.resolve("1.0.0-東京.yaml"), "a");
    ProcessBuilder java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ListMain.class.getName(),
                pipelines.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    java.environment().putAll(Map.of("LC_ALL", "POSIX", "LANG", "C"));
    Process process = java.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo("sun.jnu.encoding ANSI_X3.4-1968, 1 version, 1 byte");
  }

  /** Lists and loads in a JVM whose locale has ASCII only. */
  static final class ListMain {
    public static void main(String[] args) throws IOException {
      DirectorySource source = DirectorySource.of(Path.of(args[0]));
      List<PipelineVersion> versions = source.versions("entra\u00eenement");
      long good = versions.stream().filter(v -> v.id().equals("1.0.0-\u6771\u4eac")).count();
      int bytes =
          source.load(source.version("entra\u00eenement", versions.get(0).id()).get()).length;
      System.out.printf(
          "sun.jnu.encoding %s, %d version, %d byte",
          System.getProperty("sun.jnu.encoding"), good, bytes);
    }
  }

  @Test
  void aFileOfMoreThan64MebibytesIsNotLoaded() throws IOException {
    Path file = publish("1.0.0", "");
    try (RandomAccessFile grown = new RandomAccessFile(file.toFile(), "rw")) {
      grown.setLength((64L << 20) + 1);
    }

    PipelineVersion version = source.versions("train").get(0);

    assertThatThrownBy(() -> source.load(version)).hasMessageContaining("more than 67108864 bytes");
  }

  @Test
  void itIsCalledByItsPathOrAsItsOwnerSays() {
    assertThat(source.name()).isEqualTo("file://" + pipelines);
    assertThat(DirectorySource.of(pipelines.resolve("../pipelines")).name())
        .isEqualTo(source.name());
    assertThat(DirectorySource.of(folder.resolve("later")).name())
        .isEqualTo("file://" + folder.resolve("later"));
    assertThat(source.named("team-a").name()).isEqualTo("team-a");
    assertThatThrownBy(() -> source.named(" ")).hasMessageContaining("may not be empty");
  }
}
