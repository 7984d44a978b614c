package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {
  private static final Path GOLDEN = Path.of("../cache-core/src/test/resources/golden");
  private static final String TAGGED =
      "{\"component\": {\"name\": \"t\", \"image\": \"python:3.11\"}}";

  @TempDir private Path dir;

  private Path file(String json) throws IOException {
    return Files.writeString(dir.resolve("request.json"), json);
  }

  @Test
  void everyGoldenVectorByteForByte() throws Exception {
    List<Map<String, String>> vectors = objects(GOLDEN.resolve("taskcache-1.json"));
    assertThat(vectors).hasSizeGreaterThan(100);
    for (Map<String, String> vector : vectors) {
      Cli answer = Cli.run("key", file(vector.get("request")), "--json");
      assertThat(answer.err()).as(vector.get("name")).isEmpty();
      assertThat(answer.code()).isZero();
      Map<String, Object> json = Cli.object(answer.out());
      assertThat(json.get("key")).isEqualTo(Cli.text(vector.get("key")));
      assertThat(json.get("documents")).isEqualTo(Cli.object(vector.get("documents")));
    }
  }

  @Test
  void everyRefusedRequestWithItsPlace() throws Exception {
    List<Map<String, String>> vectors = objects(GOLDEN.resolve("refused.json"));
    assertThat(vectors).hasSizeGreaterThan(100);
    List<String> bypassed = new ArrayList<>();
    for (Map<String, String> vector : vectors) {
      Path file = file("");
      Files.write(file, Cli.text(vector.get("json")).getBytes(StandardCharsets.UTF_8));
      Cli answer = Cli.run("key", file);
      if (answer.code() == 3) {
        bypassed.add(Cli.text(vector.get("name")));
        continue;
      }
      assertThat(answer.code()).as(vector.get("name")).isEqualTo(2);
      assertThat(answer.out()).isEmpty();
      assertThat(answer.err().lines()).as(vector.get("name")).hasSize(1);
      assertThat(answer.err())
          .startsWith("taskcache: " + file + ": " + Cli.text(vector.get("path")));
    }
    assertThat(bypassed)
        .containsExactly(
            "image-tag",
            "image-tag-like-a-digest",
            "image-name-alone",
            "image-digest-too-short",
            "image-digest-in-upper-case");
  }

  @Test
  void theKeyAloneUnlessMoreIsAskedFor() throws Exception {
    Path request =
        file("{\"component\": {\"name\": \"t\"}, \"version\": \"1\", \"inputs\": {\"a\": 1}}");
    Cli plain = Cli.run("key", request);
    assertThat(plain.out()).matches("k1:[0-9a-f]{64}\\R");
    Cli documents = Cli.run("key", request, "--document");
    assertThat(documents.out()).startsWith(plain.out());
    assertThat(documents.out().lines().skip(1))
        .hasSize(4)
        .anyMatch("inputs a1616101"::equals)
        .anyMatch("outputs a0"::equals);
    Map<String, Object> json = Cli.object(Cli.run("key", request, "--json").out());
    assertThat(json).containsOnlyKeys("key", "parts", "inputDigests", "documents");
    assertThat(json).extracting("parts.version").isEqualTo("1");
  }

  @Test
  void aRequestThatMayNotBeCachedHasNoKey() throws Exception {
    Cli answer = Cli.run("key", file(TAGGED));
    assertThat(answer.code()).isEqualTo(3);
    assertThat(Cli.object(answer.out()))
        .containsEntry("bypass", "IMAGE_NOT_RESOLVED")
        .hasEntrySatisfying(
            "message", message -> assertThat(message).asString().contains("python:3.11"));
    assertThat(answer.err()).isEmpty();
  }

  @Test
  void aTagIsResolvedByTheFileOfImages() throws Exception {
    String digest = "sha256:" + "1".repeat(64);
    Path images = Files.writeString(dir.resolve("images"), "# mine\npython:3.11  " + digest + "\n");
    Cli answer = Cli.run("key", file(TAGGED), "--json", "--images", images);
    assertThat(answer.code()).isZero();
    assertThat(Cli.object(answer.out())).extracting("parts.image").isEqualTo(digest);
  }

  @Test
  void badInputIsOneLineThatSaysWhere() throws Exception {
    Path images = Files.writeString(dir.resolve("images"), "python:3.11\n");
    Path latin = Files.write(dir.resolve("latin"), new byte[] {'"', (byte) 0xe4, '"'});
    Map<List<Object>, List<String>> cases =
        Map.of(
            List.of("key", dir.resolve("none")), List.of("none: there is no such file"),
            List.of("key", latin), List.of("latin: the file is not UTF-8"),
            List.of("key", file(TAGGED), "--images", images), List.of("images", "line 1"),
            List.of("key"), List.of("REQUEST.json"),
            List.of("key", "x", "--wrong"), List.of("--wrong"));
    cases.forEach(
        (args, words) -> {
          Cli answer = Cli.run(args.toArray());
          assertThat(answer.code()).as("%s", args).isEqualTo(2);
          assertThat(answer.out()).isEmpty();
          assertThat(answer.err().lines()).hasSize(1);
          assertThat(answer.err()).contains(words);
        });
  }

  /** The members of the file's objects as they are written there, so that nothing is lost. */
  private static List<Map<String, String>> objects(Path file) throws IOException {
    String text = Files.readString(file);
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(5000)
                    .maxNumberLength(1_000_000)
                    .build())
            .build();
    List<Map<String, String>> objects = new ArrayList<>();
    try (JsonParser parser = factory.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          int start = (int) parser.currentTokenLocation().getCharOffset();
          parser.skipChildren();
          parser.finishToken();
          members.put(name, text.substring(start, (int) parser.currentLocation().getCharOffset()));
        }
        objects.add(members);
      }
    }
    return objects;
  }
}
