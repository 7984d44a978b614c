package dev.taskcache.version;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A source that a test publishes to, takes away, slows down and lets lie. */
final class PublishedVersions implements PipelineSource {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final AtomicInteger lists = new AtomicInteger();
  final AtomicInteger singles = new AtomicInteger();
  final AtomicInteger loads = new AtomicInteger();
  volatile boolean down;
  volatile CountDownLatch slow = new CountDownLatch(0);
  private volatile List<PipelineVersion> outdated = List.of();
  private final List<PipelineVersion> versions = new CopyOnWriteArrayList<>();
  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

  /** Publishes {@code pipeline}'s next version, a second later than the one before. */
  PipelineVersion publish(String pipeline, String id, String content) {
    return publish(pipeline, id, START.plusSeconds(versions.size()), VersionState.READY, content);
  }

  PipelineVersion publish(
      String pipeline, String id, Instant at, VersionState state, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String digest = "sha256:" + Hashing.sha256().hashBytes(bytes);
    String number = id.matches("[0-9.]+") ? id : null;
    PipelineVersion version = new PipelineVersion(pipeline, id, at, state, digest, number);
    contents.put(digest, bytes);
    versions.add(version);
    return version;
  }

  void list(List<PipelineVersion> old) {
    outdated = old;
  }

  void listAll() {
    outdated = List.of();
  }

  void publishAnotherContentThanListed(String pipeline, String id) {
    PipelineVersion version = publish(pipeline, id, "listed y z");
    contents.put(version.digest(), "another y z".getBytes(StandardCharsets.UTF_8));
  }

  void delete(String id) {
    versions.removeIf(each -> each.id().equals(id));
  }

  /** From now on lists are what they were when there were so many versions. */
  void listOnlyTheFirst(int count) {
    outdated = List.copyOf(versions.subList(0, count));
  }

  private void answer() throws IOException, InterruptedException {
    slow.await();
    if (down) {
      throw new IOException("connection refused");
    }
  }

  @Override
  public String name() {
    return "test:versions";
  }

  @Override
  public List<PipelineVersion> versions(String pipeline) throws IOException, InterruptedException {
    lists.incrementAndGet();
    answer();
    List<PipelineVersion> listed = new ArrayList<>(outdated.isEmpty() ? versions : outdated);
    listed.removeIf(each -> !each.pipeline().equals(pipeline));
    return listed;
  }

  @Override
  public Optional<PipelineVersion> version(String pipeline, String id)
      throws IOException, InterruptedException {
    singles.incrementAndGet();
    answer();
    return versions.stream()
        .filter(each -> each.pipeline().equals(pipeline) && each.id().equals(id))
        .findFirst();
  }

  @Override
  public byte[] load(PipelineVersion version) throws IOException, InterruptedException {
    loads.incrementAndGet();
    answer();
    if (version(version.pipeline(), version.id()).isEmpty()) {
      throw new IOException(version.id() + " was deleted");
    }
    return contents.get(version.digest());
  }
}
