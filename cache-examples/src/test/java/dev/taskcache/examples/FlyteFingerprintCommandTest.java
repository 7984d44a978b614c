package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintFlyteCommandTest {
  private static final Path KEYS = Path.of("../cache-core/src/test/resources/flyte/keys.json");
  private static final String VOID = "{\"task\": {\"name\": \"t\", \"cacheVersion\": \"1\"}}";

  @TempDir private Path dir;

  private Path file(String json) throws IOException {
    return Files.writeString(dir.resolve("key.json"), json);
  }

  @Test
  void everyKeyByteForByte() throws Exception {
    JsonNode keys = new JsonMapper().readTree(KEYS.toFile());
    assertThat(keys).hasSizeGreaterThan(20);
    for (JsonNode each : keys) {
      Cli answer = Cli.run("fingerprint", "flyte", file(each.get("request").toString()));
      assertThat(answer.err()).as(each.get("name").asText()).isEmpty();
      assertThat(answer.code()).isZero();
      assertThat(new JsonMapper().readTree(answer.out()))
          .as(each.get("name").asText())
          .isEqualTo(each.get("expected"));
    }
  }

  @Test
  void differencesOnDemand() throws Exception {
    Map<String, Object> plain = Cli.object(Cli.run("fingerprint", "flyte", file(VOID)).out());
    assertThat(plain).containsOnlyKeys("datasetVersion", "tag", "localKey");
    Map<String, Object> more =
        Cli.object(Cli.run("fingerprint", "flyte", file(VOID), "--differences").out());
    assertThat(more).containsAllEntriesOf(plain).containsEntry("agree", false);
    assertThat(more.get("cacheKey")).asString().matches("flyte1:[0-9a-f]{64}");
    assertThat(more.get("differences")).asString().contains("kind=VOID_TASK", "now=true");
  }

  @Test
  void badInputIsOneLineThatSaysWhere() throws Exception {
    Path latin =
        Files.write(dir.resolve("latin"), "\"\u00e4\"".getBytes(StandardCharsets.ISO_8859_1));
    Map<List<Object>, String> cases =
        Map.of(
            List.of("none"), "none: there is no such file",
            List.of(latin), "latin: the file is not UTF-8",
            List.of(), "FILE.json",
            List.of("x", "--wrong"), "--wrong");
    cases.forEach((args, words) -> refused(words, args.toArray()));
    Map<String, String> files =
        Map.of(
            "{",
            "not JSON",
            "[]",
            "must be a JSON object",
            "{\"task\": {\"cacheVersion\": \"1\"}}",
            "task.name: is missing",
            "{\"task\": {\"name\": \"t\"}}",
            "task.cacheVersion: is missing or empty",
            "{\"task\": {\"name\": \"t\", \"cacheVersion\": \"  \"}}",
            "task.cacheVersion: is missing",
            VOID.replace("}}", "}, \"literals\": {\"x\": {\"scalr\": {}}}}"),
            "literals.x.scalr: Literal",
            VOID + VOID,
            "something follows");
    for (Map.Entry<String, String> each : files.entrySet()) {
      refused(each.getValue(), file(each.getKey()));
    }
  }

  private static void refused(String words, Object... args) {
    Object[] all = new Object[args.length + 2];
    all[0] = "fingerprint";
    all[1] = "flyte";
    System.arraycopy(args, 0, all, 2, args.length);
    Cli answer = Cli.run(all);
    assertThat(answer.code()).as(words).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err().lines()).hasSize(1);
    assertThat(answer.err()).contains(words);
  }

  @Test
  void withoutASystemItSaysWhichThereAre() {
    Cli answer = Cli.run("fingerprint");
    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("flyte");
  }
}
