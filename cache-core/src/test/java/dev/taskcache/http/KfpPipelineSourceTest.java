package dev.taskcache.http;

import static dev.taskcache.http.TestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Kubeflow Pipelines server answers, and what becomes of it. */
class KfpPipelineSourceTest {
  private static final String SPEC = "{\"root\":{},\"a\":1}";
  private static final byte[] CONTENT = "{\"a\":1,\"root\":{}}".getBytes(UTF_8);

  private final HttpClient client = HttpClient.newHttpClient();
  private final KfpApi api = new KfpApi();
  private final TestServer server = new TestServer();

  KfpPipelineSourceTest() throws IOException {
    server.does(api);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private KfpPipelineSource.Builder source() {
    return KfpPipelineSource.builder(client, server.address());
  }

  private String failure(KfpPipelineSource source) {
    Throwable failure = catchThrowable(() -> source.versions("train"));
    assertThat(failure)
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining(server.address().toString());
    return failure.getMessage();
  }

  @Test
  void aVersionIsWhatTheServerSaysAndItsDigestIsOurs() throws Exception {
    String id = api.publish("train", "1.4.2", SPEC);

    PipelineVersion version = source().build().versions("train").get(0);

    assertThat(version)
        .isEqualTo(
            new PipelineVersion(
                "train",
                id,
                Instant.parse("2026-03-01T10:00:02Z"),
                VersionState.READY,
                Digests.sha256(CONTENT),
                "1.4.2"));
    assertThat(source().build().load(version)).isEqualTo(CONTENT);
    String pipeline = api.version(id).get("pipeline_id").textValue();
    assertThat(server.requests().get(1))
        .isEqualTo(
            "GET /apis/v2beta1/pipelines/"
                + pipeline
                + "/versions?page_size=50&sort_by=created_at%20desc");
  }

  @Test
  void theDigestIsTheSameHoweverTheServerWritesTheDefinition() throws Exception {
    api.publish("train", "a", "{\"x\": [2, {\"b\": 1, \"a\": \"\\u00e9\"}], \"root\": {}}");
    api.publish("train", "b", "{\"root\":{},\"x\":[2.0,{\"a\":\"é\",\"b\":1e0}]}");
    api.publish("train", "c", "{\"root\":{},\"x\":[2,{\"a\":\"e\",\"b\":1}]}");

    List<String> digests =
        source().build().versions("train").stream().map(PipelineVersion::digest).toList();

    assertThat(digests.get(1)).isEqualTo(digests.get(2)).isNotEqualTo(digests.get(0));
  }

  @Test
  void numbersAreInWhatPeopleCallAVersion() throws Exception {
    String named = api.publish("train", "v1.0.0", SPEC);
    api.version(named).put("display_name", "the first");
    String shown = api.publish("train", "first", SPEC);
    api.version(shown).put("display_name", "v2.0.0-rc.1");
    String old = api.publish("train", "x", SPEC);
    api.version(old).remove("name"); // As before 2.5.
    api.version(old).put("display_name", "3.0.0");
    String none = api.publish("train", "latest", SPEC);

    KfpPipelineSource source = source().build();

    assertThat(source.version("train", named).orElseThrow().number()).contains("1.0.0");
    assertThat(source.version("train", shown).orElseThrow().number()).contains("2.0.0-rc.1");
    assertThat(source.version("train", old).orElseThrow().number()).contains("3.0.0");
    assertThat(source.version("train", none).orElseThrow().number()).isEmpty();
    assertThat(source.versions("train")).extracting(PipelineVersion::id).contains(none, old);
  }

  @Test
  void allPagesAreRead() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ids.add(0, api.publish("train", "1.0." + i, SPEC));
    }

    List<PipelineVersion> versions = source().pageSize(10).build().versions("train");

    assertThat(versions).extracting(PipelineVersion::id).containsExactlyElementsOf(ids);
    assertThat(server.requests()).hasSize(4);
    assertThat(server.requests().get(3)).contains("sort_by=created_at%20desc&page_token=");
    assertThat(source().pageSize(25).build().versions("train")).hasSize(25);
    assertThat(server.requests()).hasSize(6);
  }

  @Test
  void versionsWithAnErrorOrWithoutADefinitionAreLeftOut() throws Exception {
    String good = api.publish("train", "1.0.0", SPEC);
    String broken = api.publish("train", "1.1.0", SPEC);
    api.breakVersion(broken);
    String old = api.publish("train", "1.2.0", SPEC);
    api.version(old).remove("pipeline_spec");
    String half = api.publish("train", "1.3.0", SPEC);
    api.version(half).putObject("error").put("code", 13).put("message", "not all of it");

    KfpPipelineSource source = source().build();

    assertThat(source.versions("train")).extracting(PipelineVersion::id).containsExactly(good);
    assertThatThrownBy(() -> source.version("train", broken))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("(error: \"error in parsing its pipeline spec\")");
    assertThatThrownBy(() -> source.version("train", half))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("(error: \"not all of it\")");
    assertThatThrownBy(() -> source.version("train", old))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pipeline_spec: is missing");
  }

  @Test
  void aPipelineIsTheOneWithThatVeryName() throws Exception {
    String capital = api.publish("Train", "1.0.0", SPEC);
    assertThat(source().build().versions("train")).isEmpty();
    String id = api.publish("train", "1.0.0", SPEC);

    assertThat(source().build().versions("train"))
        .extracting(PipelineVersion::id)
        .containsExactly(id);
    assertThat(source().build().version("train", capital)).as("of another pipeline").isEmpty();
    assertThat(source().build().version("train", id)).isPresent();
  }

  @Test
  void twoPipelinesWithOneNameAreToldApartByTheirIds() throws Exception {
    String first = api.pipeline("train", "");
    String second = api.pipeline("train", "");
    String id = api.publish("train", "1.0.0", SPEC);

    assertThat(failure(source().build()))
        .contains("the pipelines [" + first + ", " + second + "] are all called \"train\"");
    KfpPipelineSource byId = source().pipelineIds().build();
    int before = server.requests().size();
    assertThat(byId.versions(first)).extracting(PipelineVersion::id).containsExactly(id);
    assertThat(byId.versions(second)).isEmpty();
    assertThat(byId.versions("unknown")).isEmpty();
    PipelineVersion version = byId.version(first, id).orElseThrow();
    assertThat(byId.load(version)).isEqualTo(CONTENT);
    assertThat(server.requests()).as("none to find an id").hasSize(before + 5);
  }

  @Test
  void aNamespaceHasPipelinesOfItsOwn() throws Exception {
    String id = api.pipeline("train", "team a&b");
    String version = api.publish("train", "1.0.0", SPEC);
    api.pipeline("train", "");
    KfpPipelineSource team = source().namespace("team a&b").build();

    assertThat(api.version(version).get("pipeline_id").textValue()).isEqualTo(id);
    assertThat(team.versions("train")).hasSize(1);
    assertThat(source().build().versions("train")).isEmpty();
    assertThat(source().namespace("other").build().versions("train")).isEmpty();
    assertThat(team.name()).isEqualTo(server.address() + "?namespace=team%20a%26b");
    assertThat(source().build().name()).isEqualTo(server.address().toString());
  }

  @Test
  void aPlatformIsLoadedWithItsPipeline() throws Exception {
    Path file = Path.of("src/test/resources/kfp/train.json");
    ObjectMapper json = new ObjectMapper();
    JsonNode pipeline = json.readTree(Files.readString(file));
    String platform = "{\"platforms\":{\"kubernetes\":{\"deploymentSpec\":{\"executors\":{}}}}}";
    api.publish(
        "train", "1", "{\"pipeline_spec\":" + pipeline + ",\"platform_spec\":" + platform + "}");
    api.publish("plain", "1", pipeline.toString());
    KfpPipelineSource source = source().build();

    PipelineVersion version = source.versions("train").get(0);
    String text = new String(source.load(version), UTF_8);
    PipelineVersion plain = source.versions("plain").get(0);

    assertThat(text)
        .isEqualTo(new String(source.load(plain), UTF_8) + "\n" + platform)
        .contains("\n");
    assertThat(KfpPipeline.parse("train", text).steps())
        .isNotEmpty()
        .hasSameSizeAs(KfpPipeline.read(file).steps());
  }

  @Test
  void onlyTheApiItselfMaySayThatThereIsNothing() throws Exception {
    assertThat(source().build().versions("train")).isEmpty();
    String id = api.publish("train", "1.0.0", SPEC);
    KfpPipelineSource elsewhere =
        KfpPipelineSource.builder(client, URI.create(server.address() + "/pipeline")).build();

    assertThatThrownBy(() -> elsewhere.versions("train"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "GET "
                + server.address()
                + "/pipeline/apis/v2beta1/pipelines: the server knows no such path (404); check the"
                + " address");
    assertThatThrownBy(() -> elsewhere.version("train", id)).isInstanceOf(IOException.class);
    for (String page : List.of("{\"code\":\"5\"}", "{\"code\":7}", "{}", "[5]", "<html>")) {
      server.does(exchange -> answer(exchange, 404, Map.of(), page.getBytes(UTF_8)));
      assertThat(failure(source().build())).contains("(404)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | 16 | refuses the token (401)",
        "403 | 7  | forbids that (403)",
        "429 | 8  | allows no more requests now (429, retry after 7); ask less often",
        "500 | 13 | fails (500, retry after 7); ask again later",
        "503 | 14 | fails (503, retry after 7); ask again later",
        "400 | 3  | answers with status 400"
      })
  void whatTheServerRefusesSaysWhatToDo(int status, int code, String message) throws Exception {
    String id = api.publish("train", "1.0.0", SPEC);
    KfpPipelineSource source = source().token(() -> "hunter2").build();
    PipelineVersion version = source.versions("train").get(0);
    for (boolean early : List.of(true, false)) {
      server.does(
          exchange -> {
            if (early || exchange.getRequestURI().getPath().contains("/versions")) {
              exchange.getResponseHeaders().set("Retry-After", "7");
              KfpApi.error(exchange, status, code, "no");
            } else {
              api.handle(exchange);
            }
          });

      assertThat(failure(source)).contains(message).doesNotContain("hunter2");
      assertThatThrownBy(() -> source.version("train", id)).hasMessageContaining(message);
      assertThatThrownBy(() -> source.load(version)).hasMessageContaining(message);
    }
    assertThat(server.authorizations()).containsOnly("Bearer hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                | no JSON object",
        "<html>                            | not JSON",
        "{\"pipeline_versions\":{}}        | pipeline_versions: must be a list",
        "{\"pipeline_versions\":[7]}       | pipeline_versions[0]: must be an object",
        "{\"next_page_token\":7}           | next_page_token: must be a text",
        "{\"pipeline_versions\":[{\"pipeline_spec\":{}}]} | pipeline_version_id: is missing",
        "{\"pipeline_versions\":[{\"pipeline_spec\":[]}]} | pipeline_spec must be an object",
        "{\"pipeline_versions\":[{\"pipeline_spec\":{},\"pipeline_version_id\":\"x\"}]} | created_at: is",
        "{\"pipeline_versions\":[{\"pipeline_spec\":{},\"pipeline_version_id\":\"x\",\"created_at\":\"x\"}]} | RFC 3339"
      })
  void garbageIsNoList(String body, String message) {
    server.does(exchange -> answer(exchange, 200, Map.of(), body.getBytes(UTF_8)));

    assertThat(failure(source().pipelineIds().build()))
        .contains("/apis/v2beta1/pipelines/train/versions: the server sent an answer that cannot")
        .contains(message);
  }

  @Test
  void garbageIsNoPipelineNorVersionEither() throws Exception {
    server.does(exchange -> answer(exchange, 200, Map.of(), "{\"pipelines\":[7]}".getBytes(UTF_8)));
    assertThat(failure(source().build())).contains("pipelines[0]: must be an object");

    String other =
        "{\"pipeline_version_id\":\"x\",\"created_at\":\"2026-03-01T10:00:00Z\","
            + "\"pipeline_spec\":{}}";
    server.does(exchange -> answer(exchange, 200, Map.of(), other.getBytes(UTF_8)));
    KfpPipelineSource source = source().pipelineIds().build();
    assertThatThrownBy(() -> source.version("train", "y"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pipeline_version_id: is \"x\"");
    assertThat(source.version("train", "x")).isPresent();
  }

  @Test
  void aListWithoutAnEndIsLeft() {
    AtomicInteger pages = new AtomicInteger();
    server.does(exchange -> page(exchange, "again", pages));
    assertThat(failure(source().pipelineIds().build()))
        .contains("sends the same next_page_token again");
    assertThat(pages).hasValue(2);

    server.does(exchange -> page(exchange, "token " + pages, pages));
    assertThat(failure(source().pipelineIds().build()))
        .contains("/apis/v2beta1/pipelines/train/versions: has more than 200 pages");
    assertThat(pages).hasValue(202);
  }

  private static void page(HttpExchange exchange, String token, AtomicInteger pages)
      throws IOException {
    pages.incrementAndGet();
    String body = "{\"next_page_token\":\"" + token + "\"}";
    answer(exchange, 200, Map.of(), body.getBytes(UTF_8));
  }

  @Test
  void pagesMayOverlapButNotDiffer() throws Exception {
    String version =
        "{\"pipeline_versions\":[{\"pipeline_version_id\":\"x\",\"name\":\"1.0.0\","
            + "\"created_at\":\"2026-03-01T10:00:00Z\",\"pipeline_spec\":{\"root\":1}}]";
    for (String root : List.of("1", "2")) {
      server.does(
          exchange -> {
            boolean first = !exchange.getRequestURI().getQuery().contains("page_token");
            String body =
                first
                    ? version + ",\"next_page_token\":\"t\"}"
                    : version.replace("\"root\":1", "\"root\":" + root) + "}";
            answer(exchange, 200, Map.of(), body.getBytes(UTF_8));
          });
      KfpPipelineSource source = source().pipelineIds().build();
      if (root.equals("1")) {
        assertThat(source.versions("train")).hasSize(1);
      } else {
        assertThat(failure(source)).contains("version x is listed twice, as two");
      }
    }
  }

  @Test
  void aPageThatIsTooLongCutOffOrSlowIsNoAnswer() throws Exception {
    api.publish("train", "1.0.0", SPEC);
    assertThat(failure(source().mostBytes(100).build()))
        .contains("has more than 100 bytes; raise mostBytes");

    server.does(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write("{}".getBytes(UTF_8));
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
    assertThat(failure(source().build())).contains("gave no answer that can be used");

    server.does(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          server.hang();
        });
    assertThat(failure(source().timeout(Duration.ofMillis(300)).build()))
        .contains("did not answer within PT0.3S");
  }

  @Test
  void theTimeIsThatOfAllPagesTogether() throws Exception {
    AtomicInteger pages = new AtomicInteger();
    server.does(
        exchange -> {
          server.hang(Duration.ofMillis(400)); // A slow server: each of its 5 pages is in time.
          page(exchange, pages.get() < 4 ? "token " + pages : "", pages);
        });

    assertThat(failure(source().pipelineIds().timeout(Duration.ofMillis(1_000)).build()))
        .contains("did not answer within PT1S");
    assertThat(pages.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void aVersionThatIsAnotherByNowIsNotLoaded() throws Exception {
    String id = api.publish("train", "1.0.0", SPEC);
    KfpPipelineSource source = source().build();
    PipelineVersion version = source.versions("train").get(0);
    api.version(id).putObject("pipeline_spec").put("root", 7);

    assertThatThrownBy(() -> source.load(version))
        .hasMessageContaining("sent a definition of version " + id + " with the digest ")
        .hasMessageContaining("instead of " + version.digest());
    api.delete(id);
    assertThatThrownBy(() -> source.load(version))
        .hasMessageContaining("version " + id + " of pipeline \"train\" is not there any more");
  }

  @Test
  void whatCannotBeMeantIsRefusedWhenTheSourceIsBuilt() {
    assertThatThrownBy(() -> KfpPipelineSource.builder(client, URI.create("http://x?y")))
        .hasMessageContaining("no address");
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build();
    assertThatThrownBy(() -> KfpPipelineSource.builder(following, server.address()))
        .hasMessageContaining("follows redirects");
    assertThatThrownBy(() -> source().namespace(" ")).hasMessageContaining("may not be empty");
    assertThatThrownBy(() -> source().pageSize(0)).hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> source().pageSize(201)).hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> source().mostBytes(0)).hasMessageContaining("one or more");
    assertThatThrownBy(() -> source().timeout(Duration.ZERO)).hasMessageContaining("PT0S");
  }
}
