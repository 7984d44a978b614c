package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Keys that Flyte itself made, and those of this project, made by another implementation. */
class FlyteVectorsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String STORE_KEY =
      "flyte1:2be442ec2bab410009bab446fcdddc964f5979b9c5bcf914a82b72e08faa7512";
  private static final Path SHARED =
      Path.of(System.getProperty("taskcache.tests.vectors", "../../shared/vectors"));

  @Test
  void tagsOfFlyte() throws IOException {
    int checked = 0;
    for (String line : Files.readAllLines(shared("flyte-tags.tsv"))) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] columns = line.split("\t");
        ObjectNode request = request("t", "1");
        JsonNode literals = JSON.readTree(columns[1]).get("literals");
        request.set("literals", literals);
        assertThat(FlyteCacheKey.fromJson(request.toString()).tag())
            .as(columns[0])
            .isEqualTo(columns[2]);
        checked++;
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(12);
  }

  @Test
  void datasetVersionsOfFlyte() throws IOException {
    JsonNode all = JSON.readTree(shared("flyte-signatures.json").toFile()).get("dataset versions");
    assertThat(all).isNotEmpty();
    for (JsonNode each : all) {
      ObjectNode request = JsonNodeFactory.instance.objectNode();
      ((ObjectNode) each).put("name", "t");
      String expected = ((ObjectNode) each).remove("expected").asText();
      request.set("task", each);
      assertThat(FlyteCacheKey.fromJson(request.toString()).datasetVersion()).isEqualTo(expected);
    }
  }

  private static Path shared(String name) {
    Path file = SHARED.resolve(name);
    assumeTrue(
        Files.isRegularFile(file),
        () -> file + " is not there; name its folder with -Dtaskcache.tests.vectors");
    return file;
  }

  @Test
  void ownKeysInAllParts() throws IOException {
    JsonNode all = JSON.readTree(FlyteFiles.bytes("keys.json"));
    assertThat(all).hasSizeGreaterThan(20);
    for (JsonNode each : all) {
      FlyteCacheKey key = FlyteCacheKey.fromJson(each.get("request").toString());
      String name = each.get("name").asText();
      JsonNode expected = each.get("expected");
      assertThat(key.datasetVersion()).as(name).isEqualTo(expected.get("datasetVersion").asText());
      assertThat(key.tag()).as(name).isEqualTo(expected.get("tag").asText());
      assertThat(key.localKey()).as(name).isEqualTo(expected.get("localKey").asText());
    }
  }

  /** From flytekit's own tests, and runs of flytekit. */
  @Test
  void localKeysOfFlytekit() {
    String one = "{\"scalar\": {\"primitive\": {\"integer\": 1}}}";
    String two = one.replace("1", "2");
    Map<String, String> literals =
        Map.of(
            "{}",
            "ea65cfadb0079394a8be1f4aa1e96e2b",
            "{\"a\": " + one + "}",
            "5ee87946abccc6a877914d0b918dc4ec",
            "{\"b\": " + two + ", \"a\": " + one + "}",
            "1894e9fd208828b5057a5290ed8a715c",
            "{\"x\": {\"scalar\": {\"primitive\": {\"string_value\": \"hello\"}}}}",
            "d5d672c29ad1a44bb7412d06fc75601b",
            "{\"x\": {\"hash\": \"abcde\"}}",
            "f1c392f59d0a2b2074ab5a1131b87ced");
    literals.forEach(
        (json, md5) ->
            assertThat(
                    FlyteCacheKey.fromJson(
                            "{\"task\": {\"name\": \"t.produce_dc\", \"cache_version\": \"1\"},"
                                + " \"literals\": "
                                + json
                                + "}")
                        .localKey())
                .as(json)
                .isEqualTo("t.produce_dc-1-" + md5));
  }

  /** What the hash library documents about its numbers. */
  @Test
  void numbersInNormalForm() {
    Map<Double, String> normal =
        Map.of(
            1.0, "+0:1",
            2.0, "+1:1",
            0.5, "+-1:1",
            1.5, "+1:011",
            1000.0, "+10:01111101",
            0.1, "+-3:01100110011001100110011001100110011001100110011001101",
            -23.1234, "-5:010111000111111001011100100100011101000101001110001111",
            0.0, "+0:",
            -0.0, "+0:");
    normal.forEach((number, form) -> assertThat(ObjectHash.normal(number)).isEqualTo(form));
  }

  @Test
  void digestsOfWholeLiterals() throws IOException {
    Map<String, String> literals =
        Map.of(
            "{\"scalar\":{\"primitive\":{\"integer\":\"1\"}}}",
            "VJguihmT1zB60mP3XVeE8IzIJmalRHf6mDtsNzLBnrM",
            "{\"collection\":{\"literals\":[{\"scalar\":{\"primitive\":{\"integer\":1}}}]}}",
            "ATH2ei2xCiIa8Wkx-CbhCEfKKE3bFS2ZKDxe4QKNbu8",
            "{\"map\":{\"literals\":{\"a\":{\"scalar\":{\"primitive\":{\"integer\":1}}}}}}",
            "PRZW1zZU83avjzpXoQcvuIFhMDQLP-dP7K6s95cjY3Y",
            "{\"scalar\":{\"blob\":{\"uri\":\"s3://my-bucket/my-key\",\"metadata\":{\"type\":"
                + "{\"format\":\"PythonPickle\",\"dimensionality\":\"SINGLE\"}}}}}",
            "tRXKznS_AvKR-3QGWyNDxAn11n7OnLNp6jgOufdkI_s");
    literals.forEach(
        (json, hash) ->
            assertThat(MessageHash.text(JsonMessages.read(FlyteMessages.of("Literal"), json)))
                .isEqualTo(hash));
  }

  @Test
  void projectAndDomainAreInTheStoresKeyAndNowhereElse() {
    FlyteCacheKey one = FlyteCacheKey.fromJson(inProject("a", "bc"));
    FlyteCacheKey other = FlyteCacheKey.fromJson(inProject("ab", "c"));
    assertThat(one.cacheKey().scheme()).isEqualTo("flyte1");
    assertThat(one.cacheKey()).isNotEqualTo(other.cacheKey());
    assertThat(one.tag() + one.datasetVersion() + one.datasetName() + one.localKey())
        .isEqualTo(other.tag() + other.datasetVersion() + other.datasetName() + other.localKey());
    assertThat(one.datasetName()).isEqualTo("flyte_task-t");
  }

  /** Computed with nothing but a shell: printf of the columns, sha256sum. */
  @Test
  void theStoresKeyIsWhatItsPageSays() {
    assertThat(FlyteCacheKey.fromJson(inProject("p", "d")).cacheKey()).hasToString(STORE_KEY);
  }

  private static String inProject(String project, String domain) {
    ObjectNode request = request("t", "1");
    ((ObjectNode) request.get("task")).put("project", project).put("domain", domain);
    return request.toString();
  }

  private static ObjectNode request(String name, String version) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.putObject("task").put("name", name).put("cacheVersion", version);
    return request;
  }
}
