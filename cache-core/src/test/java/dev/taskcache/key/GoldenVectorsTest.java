package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskcache.NotCacheableException;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The golden vectors of the format, which a second implementation computes as well. */
class GoldenVectorsTest {
  private static final List<JsonNode> VECTORS =
      Stream.of("taskcache-1.json", "taskcache-1-deep.json")
          .flatMap(file -> GoldenVectors.read(file).stream())
          .toList();
  private static final List<JsonNode> REFUSED = GoldenVectors.read("refused.json");

  @TestFactory
  Stream<DynamicTest> everyVectorHasItsDocumentsAndKey() {
    return VECTORS.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.get("name").asText(), () -> check(vector)));
  }

  private static void check(JsonNode vector) {
    TaskKey key =
        TaskRequest.fromJson(GoldenVectors.text(vector.get("request")))
            .key(ImageDigestResolver.NONE);
    Map<String, String> documents = new LinkedHashMap<>();
    key.documents().forEach((name, bytes) -> documents.put(name, HexFormat.of().formatHex(bytes)));
    Map<String, String> expected = new LinkedHashMap<>();
    vector
        .get("documents")
        .properties()
        .forEach(document -> expected.put(document.getKey(), document.getValue().asText()));
    assertThat(documents).isEqualTo(expected);
    assertThat(key.key()).hasToString(vector.get("key").asText());
  }

  @TestFactory
  Stream<DynamicTest> everyRefusedRequestIsRefusedAtItsPlace() {
    return REFUSED.stream()
        .map(vector -> DynamicTest.dynamicTest(vector.get("name").asText(), () -> refuse(vector)));
  }

  private static void refuse(JsonNode vector) {
    String path = vector.get("path").asText();
    Throwable refusal =
        catchThrowable(
            () -> TaskRequest.fromJson(vector.get("json").asText()).key(ImageDigestResolver.NONE));
    if (refusal instanceof NotCacheableException tag) {
      // What the page calls an error is, to the cache, a task that is not cached.
      assertThat(tag.finding().reason()).isEqualTo(Reason.IMAGE_NOT_RESOLVED);
      assertThat(tag.finding().message()).startsWith(path + ": ");
      return;
    }
    assertThat(refusal).isInstanceOf(InvalidRequestException.class);
    if (!vector.get("name").asText().startsWith("json-")) {
      // Where the text is no JSON at all, how far a reader came is its own affair.
      assertThat(((InvalidRequestException) refusal).path()).isEqualTo(path);
    }
  }

  @Test
  void thereAreAtLeastSixtyVectorsWithNamesOfTheirOwn() {
    Set<String> names = new HashSet<>();
    VECTORS.forEach(vector -> names.add(vector.get("name").asText()));
    assertThat(names).hasSameSizeAs(VECTORS).hasSizeGreaterThanOrEqualTo(60);
  }
}
