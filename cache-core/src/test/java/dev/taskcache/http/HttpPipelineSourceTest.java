package dev.taskcache.http;

import static dev.taskcache.http.TestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers of pipelines answer, and what becomes of it. */
class HttpPipelineSourceTest {
  private static final byte[] CONTENT = "a: 1\n".getBytes(UTF_8);
  private static final String DIGEST = Digests.sha256(CONTENT);
  private static final PipelineVersion VERSION =
      new PipelineVersion(
          "train",
          "1.4.2",
          Instant.parse("2026-03-01T10:00:00Z"),
          VersionState.READY,
          DIGEST,
          "1.4.2");

  private final TestServer server = new TestServer();
  private final HttpClient client = HttpClient.newHttpClient();

  HttpPipelineSourceTest() throws IOException {}

  @AfterEach
  void close() {
    server.close();
  }

  private HttpPipelineSource.Builder source() {
    return HttpPipelineSource.builder(client, server.address());
  }

  private static String version(String changes) {
    String version =
        "{\"id\":\"1.4.2\",\"createdAt\":\"2026-03-01T10:00:00Z\",\"state\":\"READY\","
            + "\"digest\":\""
            + DIGEST
            + "\",\"number\":\"1.4.2\"}";
    String[] change = changes.isEmpty() ? new String[] {"{", "{"} : changes.split(" -> ", 2);
    assertThat(version).contains(change[0]);
    return version.replace(change[0], change[1]);
  }

  private static String list(String... versions) {
    return "{\"versions\":[" + String.join(",", versions) + "]}";
  }

  private static HttpHandler says(String body) {
    return exchange -> answer(exchange, 200, Map.of(), body.getBytes(UTF_8));
  }

  private String failure(HttpPipelineSource source) {
    Throwable failure = catchThrowable(() -> source.versions("train"));
    assertThat(failure)
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining(server.address().toString());
    return failure.getMessage();
  }

  @Test
  void whatIsListedIsWhatTheServerSays() throws Exception {
    server.does(
        says(
            list(
                version(""),
                version("\"1.4.2\",\"c -> \"x\",\"more\":[1],\"c"),
                version("\"id\":\"1.4.2\" -> \"id\":\"y\"")
                    .replace(",\"number\":\"1.4.2\"", "")
                    .replace("READY", "WITHDRAWN")
                    .replace("10:00:00Z", "12:00:00.5+02:00"),
                version("\"id\":\"1.4.2\" -> \"id\":\"z\"")
                    .replace("READY", "ARCHIVED")
                    .replace("\"number\":\"1.4.2\"", "\"number\":null"))));
    HttpPipelineSource source = source().build();

    assertThat(source.versions("train"))
        .containsExactly(
            VERSION,
            new PipelineVersion(
                "train", "x", VERSION.createdAt(), VersionState.READY, DIGEST, "1.4.2"),
            new PipelineVersion(
                "train",
                "y",
                Instant.parse("2026-03-01T10:00:00.5Z"),
                VersionState.WITHDRAWN,
                DIGEST,
                null),
            new PipelineVersion(
                "train", "z", VERSION.createdAt(), VersionState.PENDING, DIGEST, null));
    assertThat(server.requests()).containsExactly("GET /pipelines/train/versions");
    assertThat(server.authorizations()).containsExactly("null");
    assertThat(source.name()).isEqualTo(server.address().toString());
  }

  @Test
  void namesAreEncodedAndThePathGoesBefore() throws Exception {
    server.does(says(version("\"id\":\"1.4.2\" -> \"id\":\"a/b 100%+ü?#;\"")));
    HttpPipelineSource source =
        HttpPipelineSource.builder(client, URI.create(server.address() + "/api//")).build();

    Optional<PipelineVersion> found = source.version("x/../y", "a/b 100%+ü?#;");

    assertThat(found).map(PipelineVersion::id).contains("a/b 100%+ü?#;");
    assertThat(server.requests())
        .containsExactly("GET /api/pipelines/x%2F..%2Fy/versions/a%2Fb%20100%25%2B%C3%BC%3F%23%3B");
    assertThat(source.name()).isEqualTo(server.address() + "/api");
    for (String none : List.of("", ".", "..", "\ud800")) {
      assertThat(source.versions(none)).isEmpty();
      assertThat(source.version(none, "x")).isEmpty();
      assertThat(source.version("x", none)).isEmpty();
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aListThatHasNotChangedIsNotSentAgain() throws Exception {
    VersionServer versions = new VersionServer();
    server.does(versions);
    HttpPipelineSource source = source().build();
    versions.publish("train", "1.0.0", "one");
    versions.publish("other", "2.0.0", "two");

    List<PipelineVersion> first = source.versions("train");
    assertThat(source.versions("other")).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(source.versions("train")).isEqualTo(first).hasSize(1);
    assertThat(source.versions("other")).hasSize(1);
    versions.publish("train", "1.1.0", "two");
    assertThat(source.versions("train")).hasSize(2);
    assertThat(source.versions("train")).hasSize(2);
    versions.delete("train", "1.1.0");
    assertThat(source.versions("train")).isEqualTo(first);

    assertThat(versions.statuses()).containsExactly(200, 200, 304, 304, 200, 304, 200);
  }

  @Test
  void aListThatWasNotRememberedIsNotHalfRemembered() throws Exception {
    List<String> asked = new ArrayList<>();
    Iterator<HttpHandler> answers =
        List.<HttpHandler>of(
                exchange -> answer(exchange, 200, Map.of("ETag", "\"a\""), utf8(list("x"))),
                exchange -> answer(exchange, 200, Map.of("ETag", "\"b\""), utf8(list())),
                exchange -> answer(exchange, 404, Map.of("ETag", "\"b\""), utf8("gone")),
                exchange -> answer(exchange, 200, Map.of("ETag", "no tag"), utf8(list())),
                exchange -> answer(exchange, 304, Map.of("ETag", "\"c\""), new byte[0]))
            .iterator();
    server.does(
        exchange -> {
          asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
          answers.next().handle(exchange);
        });
    HttpPipelineSource source = source().build();

    assertThat(failure(source)).contains("sent an answer that cannot be used");
    assertThat(source.versions("train")).isEmpty();
    assertThat(source.versions("train")).isEmpty();
    assertThat(source.versions("train")).isEmpty();
    assertThat(failure(source)).contains("answers with status 304, as no server");

    assertThat(asked).containsExactly("null", "null", "\"b\"", "null", "null");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void listsOfAHundredThousandVersionsAreRemembered() throws Exception {
    StringBuilder many = new StringBuilder(version(""));
    for (int i = 0; i < 40_000; i++) {
      many.append(',').append(version("\"id\":\"1.4.2\" -> \"id\":\"" + i + "\""));
    }
    byte[] body = utf8(list(many.toString()));
    List<Boolean> known = new ArrayList<>();
    server.does(
        exchange -> {
          known.add(exchange.getRequestHeaders().containsKey("If-None-Match"));
          answer(exchange, 200, Map.of("ETag", "\"a\""), body);
        });
    HttpPipelineSource source = source().timeout(Duration.ofMinutes(1)).build();

    for (String pipeline : List.of("a", "a", "b", "c", "d", "a")) {
      assertThat(source.versions(pipeline)).hasSize(40_001);
    }

    assertThat(known).containsExactly(false, true, false, false, false, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void whatIsMissingIsEmptyOrCannotBeLoaded(int status) throws Exception {
    server.does(
        exchange -> {
          exchange.sendResponseHeaders(status, 0);
          for (int i = 0; i < 10; i++) { // However much else it says.
            exchange.getResponseBody().write(new byte[1 << 16]);
          }
        });
    HttpPipelineSource source = source().mostBytes(10).build();

    assertThat(source.versions("train")).isEmpty();
    assertThat(source.version("train", "1.4.2")).isEmpty();
    assertThatThrownBy(() -> source.load(VERSION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/pipelines/train/versions/1.4.2/content: the server has this")
        .hasMessageContaining("no more (" + status + ")");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | refuses the token (401); give one that is still valid",
        "403 | forbids that (403); give a token of somebody who may see this pipeline",
        "429 | allows no more requests now (429, retry after 60); ask less often",
        "500 | fails (500, retry after 60); ask again later",
        "503 | fails (503, retry after 60); ask again later",
        "204 | answers with status 204, as no server of pipelines should; check the address",
        "400 | answers with status 400, as no server of pipelines should; check the address"
      })
  void whatTheServerRefusesSaysWhatToDo(int status, String message) {
    server.does(
        exchange ->
            answer(
                exchange,
                status,
                Map.of("Retry-After", "60"),
                status == 204 ? new byte[0] : utf8("hunter2")));
    HttpPipelineSource source = source().token(() -> "hunter2").build();

    assertThat(failure(source))
        .isEqualTo("GET " + server.address() + "/pipelines/train/versions: the server " + message);
    assertThatThrownBy(() -> source.version("train", "1")).hasMessageContaining(message);
    assertThatThrownBy(() -> source.load(VERSION)).hasMessageContaining(message);
    assertThat(server.authorizations()).containsOnly("Bearer hunter2");
  }

  @Test
  void withoutATokenTheServerWantsOne() {
    server.does(exchange -> answer(exchange, 401, Map.of(), new byte[0]));
    assertThat(failure(source().build())).contains("wants to know who asks (401); give a token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html>                       | not JSON",
        "''                           | ends too early",
        "[]                           | no JSON object",
        "{}                           | versions: is missing",
        "{\"versions\":null}          | versions: is missing",
        "{\"versions\":{}}            | versions: must be a list",
        "{\"versions\":[1]}           | versions[0]: must be an object",
        "{\"versions\":[],\"versions\":[]} | versions: the key is a duplicate",
        "{\"versions\":[              | not JSON"
      })
  void garbageIsNoList(String body, String message) {
    server.does(says(body));

    assertThat(failure(source().build()))
        .contains("the server sent an answer that cannot be used (")
        .contains(message)
        .contains("; check the address");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\":\"1.4.2\", -> ''         | id: is missing",
        "\"id\":\"1.4.2\" -> \"id\":\"\" | id: may not be empty",
        "\"id\":\"1.4.2\" -> \"id\":1    | id: must be a text",
        "2026-03-01T10:00:00Z -> yesterday | createdAt: must be a time after RFC 3339",
        "2026-03-01T10:00:00Z -> 2026-02-30T10:00:00Z | createdAt: must be a time",
        "2026-03-01T10:00:00Z -> +12026-03-01T10:00:00Z | createdAt: must be a time",
        "\"READY\" -> true               | state: must be a text",
        "\"state\":\"READY\", -> ''      | state: is missing",
        "sha256: -> sha1:                | of version 1.4.2 of pipeline train: write sha256:",
        "\"number\":\"1.4.2\" -> \"number\":\"v1.4.2\" | number: must be a number after semver",
        "\"number\":\"1.4.2\" -> \"number\":\"latest\" | number: must be a number after semver"
      })
  void aVersionThatIsNoneSpoilsTheList(String change, String message) {
    String wrong = version(change.replace("''", ""));
    server.does(says(list(version("\"id\":\"1.4.2\" -> \"id\":\"x\""), wrong)));
    String place = message.startsWith("of ") ? "" : "versions[1].";
    assertThat(failure(source().build())).contains(place + message);

    server.does(says(wrong));
    assertThatThrownBy(() -> source().build().version("train", "1.4.2"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("(" + (place.isEmpty() ? "digest" : message));
  }

  @Test
  void idsThatAreListedTwiceAndVersionsThatWereNotAskedForAreRefused() {
    server.does(says(list(version(""), version("READY -> FAILED"))));
    assertThat(failure(source().build())).contains("versions[1].id: \"1.4.2\" is listed twice");

    server.does(says(version("")));
    assertThatThrownBy(() -> source().build().version("train", "1.4.3"))
        .hasMessageContaining("id: is \"1.4.2\"");
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    byte[] body = utf8(list(version("\"id\":\"1.4.2\" -> \"id\":\"?\"")));
    for (int i = 0; i < body.length; i++) {
      body[i] = body[i] == '?' ? (byte) 0xE9 : body[i];
    }
    server.does(exchange -> answer(exchange, 200, Map.of(), body));
    assertThat(failure(source().build())).contains("it is not UTF-8");
  }

  @Test
  void anAnswerMayBeAsLongAsWasSaid() throws Exception {
    String list = list(version(""));
    server.does(says(list));

    assertThat(source().mostBytes(list.length()).build().versions("train")).hasSize(1);
    assertThat(failure(source().mostBytes(list.length() - 1).build()))
        .contains("has more than " + (list.length() - 1) + " bytes; raise mostBytes, if it may");
    server.does(HttpPipelineSourceTest::endless);
    assertThat(failure(source().build())).contains("has more than 8388608 bytes");
    assertThatThrownBy(() -> source().build().load(VERSION))
        .hasMessageContaining("has more than 8388608 bytes");
  }

  /** Ends when the client hangs up, or after 64 MiB. */
  private static void endless(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (int i = 0; i < 1_000; i++) {
      exchange.getResponseBody().write(new byte[1 << 16]);
    }
  }

  @Test
  void whatIsCutOffIsNoAnswer() {
    byte[] list = utf8(list(version("")));
    server.does(
        exchange -> {
          exchange.sendResponseHeaders(200, list.length + 1);
          exchange.getResponseBody().write(list);
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
    assertThat(failure(source().build())).contains("gave no answer that can be used");
    assertThatThrownBy(() -> source().build().load(VERSION))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gave no answer that can be used");

    server.does(exchange -> answer(exchange, 200, Map.of(), utf8("a: ")));
    assertThatThrownBy(() -> source().build().load(VERSION))
        .hasMessageContaining("sent a definition of version 1.4.2 with the digest ")
        .hasMessageContaining(" instead of " + DIGEST);
  }

  @Test
  void aServerThatStopsInTheMiddleIsWaitedForAsLongAsWasSaid() {
    for (boolean begins : List.of(false, true)) {
      server.does(
          exchange -> {
            if (begins) {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
            }
            server.hang();
          });
      HttpPipelineSource source = source().timeout(Duration.ofMillis(300)).build();

      assertThat(failure(source)).contains("did not answer within PT0.3S; give it more time");
      assertThatThrownBy(() -> source.load(VERSION)).hasMessageContaining("within PT0.3S");
    }
  }

  @Test
  void whoIsInterruptedIsInterrupted() {
    server.does(exchange -> server.hang());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> source().build().versions("train"))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aServerThatIsDownSaysSo() {
    server.close();
    assertThat(failure(source().build())).contains("cannot be reached").contains("start it");
  }

  @Test
  void aRedirectIsFollowedWithoutTheToken() throws Exception {
    try (TestServer other = new TestServer()) {
      other.does(says(list(version(""))));
      String to = other.address() + "/x?signature=1";
      server.does(exchange -> answer(exchange, 307, Map.of("Location", to), new byte[0]));

      assertThat(source().token(() -> "hunter2").build().versions("train"))
          .containsExactly(VERSION);

      assertThat(server.authorizations()).containsExactly("Bearer hunter2");
      assertThat(other.authorizations()).containsExactly("null");
    }
  }

  @Test
  void aTokenIsAskedForEachTimeAndOneThatIsNoneIsNotSent() throws Exception {
    server.does(says(list()));
    Iterator<String> tokens = List.of("one", "two").iterator();
    HttpPipelineSource source = source().token(tokens::next).build();
    source.versions("train");
    source.versions("train");
    assertThat(server.authorizations()).containsExactly("Bearer one", "Bearer two");

    assertThat(failure(source)).contains("there is no token for it (java.util.NoSuchElement");
    for (Supplier<String> none :
        List.<Supplier<String>>of(() -> null, () -> "", () -> "hunter2\r\nX: y", () -> "é")) {
      assertThat(failure(source().token(none).build()))
          .contains("the token for it is empty, or no header can have it")
          .doesNotContain("hunter2");
    }
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void whatCannotBeMeantIsRefusedWhenTheSourceIsBuilt() {
    for (String none : List.of("pipelines", "ftp://x", "http:/x", "http://x?y=1", "http://x#y")) {
      assertThatThrownBy(() -> HttpPipelineSource.builder(client, URI.create(none)))
          .hasMessageContaining(none + " is no address of a server of pipelines");
    }
    assertThatThrownBy(() -> HttpPipelineSource.builder(client, URI.create("http://a:hunter2@x")))
        .hasMessageContaining("the address of x has a user's name in it")
        .hasMessageNotContaining("hunter2");
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    assertThatThrownBy(() -> HttpPipelineSource.builder(following, server.address()))
        .hasMessageContaining("follows redirects");
    assertThatThrownBy(() -> source().timeout(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> source().mostBytes(0)).hasMessageContaining("allow one or more");
  }
}
