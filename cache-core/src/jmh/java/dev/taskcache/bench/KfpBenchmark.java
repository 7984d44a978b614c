package dev.taskcache.bench;

import dev.taskcache.kfp.KfpArtifactNames;
import dev.taskcache.kfp.KfpDriver;
import dev.taskcache.kfp.KfpFingerprint;
import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.kfp.KfpRelease;
import dev.taskcache.kfp.KfpRun;
import dev.taskcache.kfp.KfpTask;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Kubeflow's fingerprint of a lightweight Python component (about 2 KB of command) whose inputs are
 * known, beside SHA-256 over the bytes that it hashes; and the same from JSON.
 */
@State(Scope.Thread)
public class KfpBenchmark {
  private static final String FILE = "/kfp/fingerprints/lightweight.json";

  private final KfpDriver driver = KfpDriver.of(KfpRelease.V2_17);
  private final KfpArtifactNames names = (input, index, artifact) -> "17";
  private final MessageDigest sha256 = Workload.sha256();
  private KfpTask task;
  private String json;
  private byte[] bytes;

  @Setup
  public void prepare() throws IOException {
    try (InputStream in = KfpBenchmark.class.getResourceAsStream(FILE)) {
      String text =
          new String(Objects.requireNonNull(in, FILE).readAllBytes(), StandardCharsets.UTF_8);
      task = KfpRun.builder(KfpPipeline.parse(FILE, text)).build().ready().get(0);
    }
    KfpFingerprint fingerprint = driver.fingerprint(task, names).orElseThrow();
    bytes = fingerprint.bytes();
    json = "{\"cacheKey\": " + fingerprint.text() + "}";
  }

  @Benchmark
  public byte[] sha256() {
    return sha256.digest(bytes);
  }

  @Benchmark
  public Optional<KfpFingerprint> fingerprint() {
    return driver.fingerprint(task, names);
  }

  @Benchmark
  public KfpFingerprint fingerprintOfJson() {
    return KfpFingerprint.fromJson(json, KfpRelease.V2_17);
  }
}
