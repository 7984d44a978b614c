package dev.taskcache.http;

import static dev.taskcache.http.TestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InputValue.Artifact;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.ArtifactVerifier.Fault;
import dev.taskcache.policy.FileArtifacts;
import dev.taskcache.policy.Verification;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Artifacts on a web server: what is asked, and what is said of those that are not good. */
class HttpArtifactsTest {
  private static final byte[] CONTENT = "the model".getBytes(UTF_8);
  private static final byte[] OTHER = "other mod".getBytes(UTF_8);
  private static final String DIGEST = Digests.sha256(CONTENT);

  private final TestServer server = new TestServer();
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> headers = new ConcurrentHashMap<>();
  private final HttpArtifacts.Builder builder = HttpArtifacts.builder(HttpClient.newHttpClient());

  HttpArtifactsTest() throws IOException {
    server.does(this::serve);
    files.put("/model", CONTENT);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    byte[] file = files.get(exchange.getRequestURI().getPath());
    answer(exchange, file == null ? 404 : 200, headers, file == null ? new byte[0] : file);
  }

  private Artifact at(String path, String digest, Object size) {
    InputValue.MapValue metadata =
        size == null
            ? InputValue.MapValue.EMPTY
            : new InputValue.MapValue(Map.of(ArtifactVerifier.SIZE_BYTES, InputValue.of(size)));
    return new Artifact("data", digest, server.address() + path, metadata);
  }

  private Optional<Fault> look(Verification level, Artifact... artifacts) {
    return builder.build().verify(List.of(artifacts), level);
  }

  private String uri(String path) {
    return server.address() + path;
  }

  @ParameterizedTest
  @EnumSource(
      value = Verification.class,
      names = {"NONE"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsThereAsItWasIsGoodAndWhatIsGoneIsMissing(Verification level) {
    Artifact good = at("/model", DIGEST, CONTENT.length);
    assertThat(look(level, good)).isEmpty();

    assertThat(look(level, good, at("/gone", DIGEST, 1), at("/too", DIGEST, 1)))
        .contains(Fault.missing(uri("/gone") + " is not there (404)"));
  }

  @Test
  void existenceAndSizeAreAskedForWithoutReading() {
    assertThat(look(Verification.EXISTS, at("/model", DIGEST, 4))).isEmpty();
    assertThat(look(Verification.SIZE, at("/model", DIGEST, 4)))
        .contains(Fault.changed(uri("/model") + " has 9 bytes instead of 4"));

    assertThat(server.requests()).containsExactly("HEAD /model", "HEAD /model");
  }

  @Test
  void aDigestIsComparedWithAllOfTheContent() {
    files.put("/model", OTHER);

    assertThat(look(Verification.SIZE, at("/model", DIGEST, 9))).isEmpty();
    assertThat(look(Verification.DIGEST, at("/model", DIGEST, 9)))
        .contains(
            Fault.changed(
                uri("/model")
                    + " has the digest "
                    + Digests.sha256(OTHER)
                    + " instead of "
                    + DIGEST));
    assertThat(look(Verification.DIGEST, at("/model", Digests.sha512(OTHER), null))).isEmpty();
    assertThat(look(Verification.DIGEST, at("/model", Digests.sha512(CONTENT), null)))
        .hasValueSatisfying(fault -> assertThat(fault.reason()).isEqualTo(Reason.OUTPUT_CHANGED));
    assertThat(server.requests())
        .containsExactly("HEAD /model", "GET /model", "GET /model", "GET /model");
  }

  @Test
  void whatHasNoDigestThatCouldBeComparedHasToBeThereOnly() {
    assertThat(look(Verification.DIGEST, at("/model", null, null), at("/model", "md5:0", null)))
        .isEmpty();
    assertThat(server.requests()).containsExactly("HEAD /model", "HEAD /model");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "410 | OUTPUT_MISSING      | is not there (410)",
        "401 | VERIFICATION_FAILED | may not be seen (401); give HttpArtifacts the headers",
        "403 | VERIFICATION_FAILED | may not be seen (403); give HttpArtifacts the headers",
        "429 | VERIFICATION_FAILED | is on a server that answered with status 429",
        "500 | VERIFICATION_FAILED | is on a server that answered with status 500",
        "301 | VERIFICATION_FAILED | is on a server that gave no answer that can be used"
      })
  void anyOtherAnswerIsNoProof(int status, Reason reason, String message) {
    server.does(exchange -> answer(exchange, status, Map.of(), "some page".getBytes(UTF_8)));

    for (Verification level : List.of(Verification.EXISTS, Verification.DIGEST)) {
      Fault fault = look(level, at("/model?signature=secret", DIGEST, null)).orElseThrow();
      assertThat(fault.reason()).isEqualTo(reason);
      assertThat(fault.message()).startsWith(uri("/model") + " " + message);
    }
  }

  @Test
  void aServerThatIsDownIsNoProof() {
    Artifact artifact = at("/model", DIGEST, null);
    server.close();

    assertThat(look(Verification.EXISTS, artifact))
        .hasValueSatisfying(
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
              assertThat(fault.message()).contains("is on a server that cannot be reached");
            });
  }

  @Test
  void allArtifactsTogetherHaveOneTime() {
    server.does(exchange -> server.hang());
    builder.timeout(Duration.ofMillis(200));

    assertThat(look(Verification.SIZE, at("/model", DIGEST, 1), at("/other", DIGEST, 1)))
        .contains(
            Fault.unknown(
                uri("/model")
                    + " is on a server that did not answer within PT0.2S; give it more time, or"
                    + " find out why"));
  }

  @Test
  void noMoreIsReadThanWasSaid() {
    files.put("/model", new byte[100_000]);
    builder.mostBytes(99_999);

    assertThat(look(Verification.DIGEST, at("/model", DIGEST, null)))
        .contains(
            Fault.unknown(
                uri("/model")
                    + " has more than 99999 bytes; raise mostBytes, or look at sizes only"));
    assertThat(look(Verification.DIGEST, at("/model", DIGEST, 9)))
        .contains(Fault.changed(uri("/model") + " has more bytes instead of 9"));
    builder.mostBytes(100_000);
    assertThat(look(Verification.DIGEST, at("/model", Digests.sha256(new byte[100_000]), null)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"405", "501"})
  void aServerWithoutHeadIsAskedWithGet(int status) {
    server.does(
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) {
            answer(exchange, status, Map.of(), new byte[0]);
          } else {
            serve(exchange);
          }
        });

    assertThat(look(Verification.EXISTS, at("/model", DIGEST, 1))).isEmpty();
    assertThat(look(Verification.SIZE, at("/model", DIGEST, 9))).isEmpty();
    assertThat(look(Verification.SIZE, at("/model", DIGEST, 8)))
        .contains(Fault.changed(uri("/model") + " has more bytes instead of 8"));
    assertThat(look(Verification.EXISTS, at("/gone", DIGEST, 1)))
        .contains(Fault.missing(uri("/gone") + " is not there (404)"));
  }

  @Test
  void whereTheHeadersSayNoSizeTheContentIsCounted() {
    server.does(
        exchange -> {
          exchange.sendResponseHeaders(200, exchange.getRequestMethod().equals("HEAD") ? -1 : 0);
          if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(CONTENT);
          }
        });

    assertThat(look(Verification.SIZE, at("/model", DIGEST, 9))).isEmpty();
    assertThat(look(Verification.SIZE, at("/model", DIGEST, 10)))
        .contains(Fault.changed(uri("/model") + " has 9 bytes instead of 10"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Repr-Digest           | unixsum=:AA==:, sha-256=:BASE64:",
        "Digest                | SHA-256=BASE64",
        "Docker-Content-Digest | sha256:HEX"
      })
  void anotherDigestInTheHeadersIsAChange(String name, String value) {
    headers.put(name, digestIn(value, CONTENT));
    assertThat(look(Verification.SIZE, at("/model", DIGEST, 9))).isEmpty();

    headers.put(name, digestIn(value, OTHER));
    assertThat(look(Verification.EXISTS, at("/model", DIGEST, 9))).isEmpty();
    assertThat(look(Verification.SIZE, at("/model", DIGEST, 9)))
        .contains(
            Fault.changed(
                uri("/model")
                    + " has the digest "
                    + Digests.sha256(OTHER)
                    + " instead of "
                    + DIGEST));
    // It is of other bytes than the artifact's.
    headers.put("Content-Encoding", "gzip");
    assertThat(look(Verification.SIZE, at("/model", DIGEST, null))).isEmpty();
    assertThat(server.requests()).containsOnly("HEAD /model");
  }

  private static String digestIn(String value, byte[] content) {
    byte[] digest = Digests.digest("SHA-256", content);
    return value
        .replace("BASE64", Base64.getEncoder().encodeToString(digest))
        .replace("HEX", HexFormat.of().formatHex(digest));
  }

  @Test
  void anETagIsAnyText() {
    headers.put("ETag", "\"" + "0".repeat(64) + "\"");

    assertThat(look(Verification.SIZE, at("/model", DIGEST, 9))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Repr-Digest | sha-512=:AA==:, sha-256=:BASE64: | HEAD /model",
        "ETag        | \"HEX\"                          | HEAD /model",
        "ETag        | \"sha256:HEX\"                   | HEAD /model",
        "ETag        | W/\"HEX\"                        | GET /model",
        "ETag        | \"other\"                        | GET /model",
        "X-Nothing   | x                                | GET /model"
      })
  void whoBelievesAServerReadsOnlyWhatItDoesNotSay(String name, String value, String last) {
    builder.believingDigests();
    headers.put(name, digestIn(value, CONTENT));

    assertThat(look(Verification.DIGEST, at("/model", DIGEST, null))).isEmpty();

    assertThat(server.requests()).startsWith("HEAD /model").endsWith(last);
  }

  @Test
  void theCallersHeadersReachItsServerAndNoOther() throws Exception {
    try (TestServer other = new TestServer()) {
      other.does(this::serve);
      server.does(
          exchange ->
              answer(exchange, 302, Map.of("Location", other.address() + "/model"), new byte[0]));
      builder.headers(
          uri -> {
            assertThat(uri.getPath()).isEqualTo("/model");
            return Map.of("Authorization", "Bearer secret");
          });

      assertThat(look(Verification.DIGEST, at("/model", DIGEST, null))).isEmpty();

      assertThat(server.authorizations()).containsExactly("Bearer secret");
      assertThat(other.authorizations()).containsExactly("null");
    }
  }

  @Test
  void aHeaderThatIsNoneIsNamedWithoutItsValue() {
    builder.headers(uri -> Map.of("Authorization", "sec\nret"));

    assertThat(look(Verification.EXISTS, at("/model", DIGEST, null)))
        .hasValueSatisfying(
            fault -> {
              assertThat(fault.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
              assertThat(fault.message()).contains("\"Authorization\"").doesNotContain("ret");
            });
  }

  /** Four wait for each other at the server, so that fewer at once would never be answered. */
  @Test
  void severalAreAskedForAtOnceAndNoMoreThanWasSaid() {
    CyclicBarrier four = new CyclicBarrier(4);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    server.does(
        exchange -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          try {
            four.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
          }
          underWay.decrementAndGet();
          answer(exchange, 200, Map.of(), CONTENT);
        });
    builder.atOnce(4);

    assertThat(
            look(
                Verification.EXISTS,
                IntStream.range(0, 20)
                    .mapToObj(i -> at("/" + i, DIGEST, null))
                    .toArray(Artifact[]::new)))
        .isEmpty();

    assertThat(server.requests()).hasSize(20).doesNotHaveDuplicates();
    assertThat(most.get()).isLessThanOrEqualTo(4);
  }

  @Test
  void oneArtifactThatIsThereTwiceIsAskedForOnce() {
    Artifact model = at("/model", DIGEST, null);

    assertThat(look(Verification.DIGEST, model, model)).isEmpty();

    assertThat(server.requests()).containsExactly("GET /model");
  }

  @Test
  void whatIsNotOnAWebServerIsBelieved() {
    List<Artifact> elsewhere =
        List.of(
            new Artifact("data", DIGEST, "s3://bucket/x", InputValue.MapValue.EMPTY),
            new Artifact("data", DIGEST, "httpx://x", InputValue.MapValue.EMPTY),
            new Artifact("data", DIGEST, null, InputValue.MapValue.EMPTY));

    assertThat(builder.build().verify(elsewhere, Verification.DIGEST)).isEmpty();
  }

  @Test
  void anAddressThatIsNoneIsNoProof() {
    for (String uri : List.of("http://a b", "http:relative", "https://")) {
      Artifact artifact = new Artifact("data", DIGEST, uri, InputValue.MapValue.EMPTY);
      assertThat(look(Verification.EXISTS, artifact))
          .as(uri)
          .hasValueSatisfying(
              fault -> {
                assertThat(fault.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
                assertThat(fault.message()).contains("cannot be asked for");
              });
    }
  }

  @Test
  void whoIsInterruptedStaysInterrupted() {
    server.does(exchange -> server.hang());
    Thread.currentThread().interrupt();

    assertThat(look(Verification.EXISTS, at("/model", DIGEST, null)))
        .hasValueSatisfying(fault -> assertThat(fault.message()).contains("interrupted"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void isOneOfSeveralByScheme() {
    ArtifactVerifier http = builder.build();
    ArtifactVerifier both =
        ArtifactVerifier.byScheme(
            Map.of("file", new FileArtifacts(), "http", http, "https", http),
            ArtifactVerifier.NONE);
    Artifact file = new Artifact("data", null, "file:///no/such/file", InputValue.MapValue.EMPTY);

    assertThat(both.verify(List.of(at("/model", DIGEST, null), file), Verification.EXISTS))
        .contains(Fault.missing("file:///no/such/file is not there"));
    assertThat(both.verify(List.of(at("/gone", DIGEST, null)), Verification.EXISTS))
        .contains(Fault.missing(uri("/gone") + " is not there (404)"));
  }

  @Test
  void whatCannotBeMeantIsRefusedWhenTheVerifierIsBuilt() {
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    assertThatThrownBy(() -> HttpArtifacts.builder(following))
        .hasMessageContaining("follows redirects NORMAL");
    assertThatThrownBy(() -> builder.timeout(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> builder.mostBytes(-1)).hasMessageContaining("-1 bytes");
    assertThatThrownBy(() -> builder.atOnce(0)).hasMessageContaining("0 requests");
  }
}
