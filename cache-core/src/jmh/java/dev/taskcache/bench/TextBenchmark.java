package dev.taskcache.bench;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.CacheKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The key of one text of 1 MiB of UTF-8, beside SHA-256 over those bytes. */
@State(Scope.Thread)
public class TextBenchmark {
  private static final int BYTES = 1 << 20;

  /** What the text is made of. */
  public enum Script {
    /** One byte for each char. */
    ASCII("The quick brown fox jumps over the lazy dog. "),
    /** One or two bytes, and one byte of memory for each char. */
    GERMAN("Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich. "),
    /** One or two bytes, and two bytes of memory for each char. */
    RUSSIAN("Съешь же ещё этих мягких французских булок, да выпей чаю. "),
    /** Three bytes, and four for a pair of surrogates. */
    JAPANESE("いろはにほへと散りぬるを我が世誰ぞ常ならむ𠮷野家");

    private final String words;

    Script(String words) {
      this.words = words;
    }

    String text() {
      int bytes = words.getBytes(StandardCharsets.UTF_8).length;
      return words.repeat(BYTES / bytes);
    }
  }

  @Param public Script script;

  private String text;
  private TaskRequest request;
  private byte[] utf8;
  private final MessageDigest sha256 = Workload.sha256();

  @Setup
  public void prepare() {
    text = script.text();
    request = Workload.request(Map.of("text", text));
    utf8 = text.getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public byte[] sha256() {
    return sha256.digest(utf8);
  }

  @Benchmark
  public CacheKey key() {
    return Workload.key(request).key();
  }

  /** As a host sees it: with the check for lone surrogates, which a value makes once. */
  @Benchmark
  public CacheKey keyOfJavaObjects() {
    return Workload.key(Workload.request(Map.of("text", text))).key();
  }
}
