package dev.taskcache.bench;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.CacheKey;
import java.security.MessageDigest;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The key of a prepared component with 20 mixed inputs, beside SHA-256 over what it hashes. */
@State(Scope.Thread)
public class KeyBenchmark {
  private final Map<String, Object> inputs = Workload.inputs(1);
  private final TaskRequest request = Workload.request(inputs);
  private final Map<String, byte[]> documents = Workload.key(request).documents();
  private final byte[] inputsDocument = documents.get("inputs");
  private final byte[] keyDocument = documents.get("key");
  private final MessageDigest sha256 = Workload.sha256();

  @Benchmark
  public byte[] sha256(Blackhole blackhole) {
    blackhole.consume(sha256.digest(inputsDocument));
    return sha256.digest(keyDocument);
  }

  @Benchmark
  public CacheKey key() {
    return Workload.key(request).key();
  }

  /** As a host sees it: from Java objects, through the request, to the key. */
  @Benchmark
  public CacheKey keyOfJavaObjects() {
    return Workload.key(Workload.request(inputs)).key();
  }
}
