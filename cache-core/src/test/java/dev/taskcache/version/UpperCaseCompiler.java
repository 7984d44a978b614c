package dev.taskcache.version;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Compiles lines to capitals; refuses lines with {@code broken}, counts, and waits where told. */
final class UpperCaseCompiler implements PipelineCompiler {
  final AtomicInteger compiled = new AtomicInteger();
  volatile CountDownLatch slow = new CountDownLatch(0);
  private final String version;

  UpperCaseCompiler(String version) {
    this.version = version;
  }

  @Override
  public String name() {
    return "capitals";
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public byte[] compile(byte[] content, Map<String, ?> options) throws InterruptedException {
    compiled.incrementAndGet();
    slow.await();
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.contains("broken")) {
      throw new IllegalArgumentException("line 1: \"broken\" cannot be compiled");
    }
    return (text.toUpperCase(Locale.ROOT) + options).getBytes(StandardCharsets.UTF_8);
  }
}
