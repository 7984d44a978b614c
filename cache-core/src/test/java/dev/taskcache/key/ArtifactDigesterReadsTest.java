package dev.taskcache.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How often files are read, on which threads, and what happens when they change meanwhile. */
@Timeout(120)
class ArtifactDigesterReadsTest {
  private static final int THREADS = 4;

  @TempDir Path folder;
  private final Map<Path, Integer> opened = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private InputStream count(Path path) throws IOException {
    opened.merge(path.getFileName(), 1, Integer::sum);
    return Files.newInputStream(path);
  }

  private int reads() {
    return opened.values().stream().mapToInt(Integer::intValue).sum();
  }

  private ArtifactDigester counting() {
    return new ArtifactDigester(threads, this::count);
  }

  @Test
  void anUnchangedFileIsReadOnce() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "x");
    Files.writeString(folder.resolve("b"), "x");
    Files.createSymbolicLink(folder.resolve("c"), Path.of("a"));
    ArtifactDigester digester = counting();
    String first = digester.digest(folder);
    assertThat(digester.digest(folder)).isEqualTo(first);
    digester.digest(a);
    digester.digest(folder.resolve("c"));
    // Whether a is opened by its name or through the link is the file system's affair.
    assertThat(reads()).isEqualTo(2);
    assertThat(counting().digest(folder)).as("another digester").isEqualTo(first);
    assertThat(reads()).isEqualTo(4);
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "x");
    ArtifactDigester digester = counting();
    String x = digester.digest(a);
    Files.writeString(a, "yy");
    String yy = digester.digest(a);
    FileTime time = Files.getLastModifiedTime(a);
    Files.writeString(a, "zz");
    Files.setLastModifiedTime(a, FileTime.from(time.toInstant().plusSeconds(1)));
    String zz = digester.digest(a);
    FileTime kept = Files.getLastModifiedTime(a);
    Path other = Files.writeString(folder.resolve("other"), "ww");
    Files.setLastModifiedTime(other, kept);
    Files.move(other, a, StandardCopyOption.REPLACE_EXISTING);
    String ww = digester.digest(a);
    assertThat(List.of(x, yy, zz, ww)).doesNotHaveDuplicates();
    assertThat(reads()).isEqualTo(4);
  }

  @Test
  void threadsThatAskAtOnceReadOnce() throws Exception {
    Path a = Files.writeString(folder.resolve("a"), "x".repeat(1_000_000));
    for (int round = 0; round < 50; round++) {
      opened.clear();
      ArtifactDigester digester = counting();
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<String>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            threads.submit(
                () -> {
                  start.await();
                  return digester.digest(a);
                }));
      }
      for (Future<String> each : all) {
        assertThat(each.get()).isEqualTo(all.get(0).get());
      }
      assertThat(reads()).isEqualTo(1);
    }
  }

  @Test
  void tenThousandFilesHaveOneDigestHoweverTheyAreRead() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      Path directory = folder.resolve("d" + i % 100);
      if (i < 100) {
        Files.createDirectory(directory);
      }
      Files.writeString(directory.resolve("f" + i), "content " + i % 5_000);
    }
    String sequential = new ArtifactDigester().digest(folder);
    assertThat(counting().digest(folder)).isEqualTo(sequential);
    assertThat(reads()).isEqualTo(10_000);
    List<Executor> executors =
        List.of(
            Runnable::run,
            task -> {},
            task -> {
              throw new RejectedExecutionException();
            });
    for (Executor executor : executors) {
      assertThat(new ArtifactDigester(executor).digest(folder)).isEqualTo(sequential);
    }
  }

  @Test
  void itEndsOnTheOnlyThreadOfItsExecutor() throws Exception {
    write(20);
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      ArtifactDigester digester = new ArtifactDigester(one);
      assertThat(one.submit(() -> digester.digest(folder)).get())
          .isEqualTo(new ArtifactDigester().digest(folder));
    } finally {
      one.shutdownNow();
    }
  }

  private void write(int files) throws IOException {
    for (int i = 0; i < files; i++) {
      Files.writeString(folder.resolve("f" + i), "content " + i);
    }
  }

  @Test
  void filesAreReadSeveralAtOnce() throws IOException {
    write(2);
    // Each waits until the other is open too.
    CyclicBarrier both = new CyclicBarrier(2);
    ArtifactDigester digester =
        new ArtifactDigester(
            threads,
            path -> {
              try {
                both.await(60, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IOException(e);
              }
              return count(path);
            });
    assertThat(digester.digest(folder)).isEqualTo(new ArtifactDigester().digest(folder));
  }

  @Test
  void whoAsksWaitsForWhatOthersStillRead() throws IOException {
    write(2);
    CyclicBarrier both = new CyclicBarrier(2);
    Thread asking = Thread.currentThread();
    AtomicBoolean answered = new AtomicBoolean();
    ArtifactDigester digester =
        new ArtifactDigester(
            threads,
            path -> {
              try {
                both.await(60, TimeUnit.SECONDS);
              } catch (Exception e) {
                throw new IOException(e);
              }
              // The other thread goes on only when this one has nothing left to do but wait.
              while (Thread.currentThread() != asking
                  && asking.getState() != Thread.State.WAITING
                  && !answered.get()) {
                Thread.onSpinWait();
              }
              return count(path);
            });
    try {
      assertThat(digester.digest(folder)).isEqualTo(new ArtifactDigester().digest(folder));
    } finally {
      answered.set(true);
    }
  }

  /** Changes something as soon as a file's first bytes were read. */
  private static FileDigests.Opener changing(Change change) {
    AtomicInteger reads = new AtomicInteger();
    return path ->
        new FilterInputStream(Files.newInputStream(path)) {
          @Override
          public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, Math.min(length, 10));
            if (reads.incrementAndGet() == 1) {
              change.make(path);
            }
            return read;
          }
        };
  }

  private interface Change {
    void make(Path path) throws IOException;
  }

  @Test
  void aFileThatChangesMeanwhileIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "x".repeat(100));
    Path directory = file.getParent();
    List<Change> changes =
        List.of(
            path -> Files.writeString(path, "longer".repeat(100)),
            path -> Files.writeString(path, "short"),
            path -> Files.setLastModifiedTime(path, FileTime.fromMillis(0)),
            path -> {
              FileTime time = Files.getLastModifiedTime(path);
              Path other = Files.writeString(directory.resolveSibling("other"), "y".repeat(100));
              Files.setLastModifiedTime(other, time);
              Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
            });
    for (Change change : changes) {
      Files.writeString(file, "x".repeat(100));
      for (Path digested : List.of(file, directory)) {
        ArtifactDigester digester = new ArtifactDigester(null, changing(change));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        Files.writeString(file, "x".repeat(100));
        assertThatThrownBy(() -> digester.digest(digested))
            .isInstanceOf(IOException.class)
            .hasMessageContaining(file.toRealPath().toString())
            .hasMessageContaining("changed while it was digested");
        assertThat(digester.digest(file)).as("again, when it is quiet").startsWith("sha256:");
      }
    }
  }

  @Test
  void aDirectoryThatChangesMeanwhileIsRefused() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("d"));
    Files.writeString(folder.resolve("a"), "x");
    Files.setLastModifiedTime(inside, FileTime.fromMillis(0));
    ArtifactDigester digester =
        new ArtifactDigester(threads, changing(path -> Files.createFile(inside.resolve("new"))));
    assertThatThrownBy(() -> digester.digest(folder))
        .hasMessageContaining(inside.toRealPath().toString())
        .hasMessageContaining("changed while it was digested");
  }

  @Test
  void oneFailureIsTheWholes() throws IOException {
    write(200);
    ArtifactDigester digester =
        new ArtifactDigester(
            threads,
            path -> {
              if (path.endsWith("f7")) {
                throw new IOException("disk error at " + path);
              }
              return count(path);
            });
    assertThatThrownBy(() -> digester.digest(folder)).hasMessageContaining("disk error");
  }

  @Test
  void aFileThatCouldNotBeReadIsReadAgain() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "x");
    AtomicInteger attempts = new AtomicInteger();
    ArtifactDigester digester =
        new ArtifactDigester(
            null,
            path -> {
              if (attempts.incrementAndGet() == 1) {
                throw new IOException("disk error");
              }
              return count(path);
            });
    assertThatThrownBy(() -> digester.digest(a)).hasMessageContaining("disk error");
    assertThat(digester.digest(a)).isEqualTo(new ArtifactDigester().digest(a));
  }

  @Test
  void aFileThatEndsTooEarlyIsRefused() throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "x");
    assertThatThrownBy(
            () -> new ArtifactDigester(null, path -> InputStream.nullInputStream()).digest(a))
        .hasMessageContaining("changed while it was digested");
  }

  @Test
  void aBigFileNeedsLittleMemory() throws Exception {
    Path big = folder.resolve("big");
    byte[] block = new byte[1 << 20];
    new Random(1).nextBytes(block);
    try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
      file.setLength(64L << 20);
      file.seek(63L << 20);
      file.write(block);
    }
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-cp",
                "target/classes" + File.pathSeparator + "target/test-classes",
                DigestMain.class.getName(),
                big.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(java.getInputStream().readAllBytes(), UTF_8);
    assertThat(java.waitFor()).as(out).isZero();
    assertThat(out.strip()).isEqualTo(new ArtifactDigester().digest(big));
  }

  /** Prints the digest of a file. */
  static final class DigestMain {
    public static void main(String[] arguments) throws IOException {
      System.out.println(new ArtifactDigester().digest(Path.of(arguments[0])));
    }
  }
}
