package dev.taskcache.http;

import static dev.taskcache.http.TestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import dev.taskcache.key.ImageNotResolvedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries that are down, slow, strange or lie: no digest, and an error that says what to do. */
class RegistryFaultsTest {
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final byte[] MANIFEST = "{\"schemaVersion\":2}".getBytes(UTF_8);
  private static final String DIGEST = Digests.sha256(MANIFEST);
  private static final String OTHER = "sha256:" + "0".repeat(64);
  private static final String HEADER = "Docker-Content-Digest";
  private static final String PASSWORD = "hunter2";

  private final TestServer server = new TestServer();
  private final HttpClient client = HttpClient.newHttpClient();

  RegistryFaultsTest() throws IOException {}

  @AfterEach
  void close() {
    server.close();
  }

  private RegistryImages.Builder images() {
    return RegistryImages.builder(client).address(server.authority(), server.address());
  }

  private String train() {
    return server.authority() + "/train:2";
  }

  private String failure(RegistryImages images) {
    ImageNotResolvedException failure =
        catchThrowableOfType(ImageNotResolvedException.class, () -> images.resolve(train()));
    assertThat(failure)
        .hasMessageStartingWith(train() + ": the registry " + server.authority() + " (http://")
        .hasMessageNotContaining(PASSWORD);
    return failure.getMessage();
  }

  private static void manifest(HttpExchange exchange, String digest) throws IOException {
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", TYPE));
    if (digest != null) {
      headers.put(HEADER, digest);
    }
    answer(exchange, 200, headers, MANIFEST);
  }

  @Test
  void aDigestIsComparedWithTheContentOnceForEachImage() {
    server.does(exchange -> manifest(exchange, DIGEST));
    RegistryImages images = images().build();

    assertThat(images.resolve(train())).contains(DIGEST);
    assertThat(images.resolve(train())).contains(DIGEST);
    assertThat(images.resolve(server.authority() + "/train:3")).contains(DIGEST);
    assertThat(images.resolve(server.authority() + "/test:2")).contains(DIGEST);

    assertThat(server.requests())
        .containsExactly(
            "HEAD /v2/train/manifests/2",
            "GET /v2/train/manifests/" + DIGEST,
            "HEAD /v2/train/manifests/2",
            "HEAD /v2/train/manifests/3",
            "HEAD /v2/test/manifests/2",
            "GET /v2/test/manifests/" + DIGEST);
  }

  @Test
  void aRegistryThatLiesIsNotBelieved() {
    server.does(exchange -> manifest(exchange, OTHER));

    RegistryImages images = images().build();

    for (int i = 0; i < 2; i++) { // Nor the second time.
      assertThat(failure(images))
          .contains(
              "says that the manifest's digest is " + OTHER + ", and sends one with " + DIGEST);
    }
  }

  @Test
  void withoutADigestInTheHeadersTheContentSaysIt() {
    server.does(exchange -> manifest(exchange, null));
    assertThat(images().build().resolve(train())).contains(DIGEST);

    server.does(
        exchange -> manifest(exchange, exchange.getRequestMethod().equals("HEAD") ? null : OTHER));
    assertThat(failure(images().build())).contains("and sends one with");
  }

  @Test
  void aRegistryWithoutHeadIsAskedWithGet() {
    server.does(
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) {
            answer(exchange, 405, Map.of(), new byte[0]);
          } else {
            manifest(exchange, DIGEST);
          }
        });

    assertThat(images().build().resolve(train())).contains(DIGEST);
  }

  @Test
  void aSha512DigestIsComparedToo() {
    String digest = Digests.sha512(MANIFEST);
    server.does(exchange -> manifest(exchange, digest));
    assertThat(images().build().resolve(train())).contains(digest);

    server.does(exchange -> manifest(exchange, "sha512:" + "0".repeat(128)));
    assertThat(failure(images().build())).contains("and sends one with " + digest);
    server.does(exchange -> manifest(exchange, "md5:0"));
    assertThat(failure(images().build())).contains("\"md5:0\", which is neither");
  }

  @Test
  void aReferenceWithADigestIsNotAskedFor() {
    assertThat(images().build().resolve(server.authority() + "/train@" + OTHER)).contains(OTHER);
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | wants to know who asks (401), or has no train; give a login for 127.0.0.1",
        "403 | forbids everybody without a login to pull train (403); give a login",
        "404 | has no train:2 (404); push it, correct the name",
        "429 | allows no more requests now (429, retry after 60); ask later",
        "500 | fails (500); ask again later, or pin the image",
        "503 | fails (503); ask again later, or pin the image",
        "418 | answers with status 418, as no registry should; check the address"
      })
  void whatTheRegistryRefusesSaysWhatToDo(int status, String message) {
    server.does(
        exchange -> answer(exchange, status, Map.of("Retry-After", "60"), "no".getBytes(UTF_8)));

    assertThat(failure(images().build())).contains(message);
  }

  @Test
  void aLoginThatIsRefusedIsNamedWithoutItsPassword() {
    RegistryImages images =
        images().logins(name -> Optional.of(new RegistryLogin("ann", PASSWORD))).build();
    server.does(
        exchange ->
            answer(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=\"r\""), new byte[0]));

    assertThat(failure(images)).contains("refuses the login of ann (401)");
    assertThat(server.authorizations()).containsExactly("null", "Basic YW5uOmh1bnRlcjI=");
    assertThat(new RegistryLogin("ann", PASSWORD)).hasToString("the login of ann");
  }

  @Test
  void loginsThatFailAreSaidToHave() {
    RegistryImages images =
        images()
            .logins(
                name -> {
                  throw new IllegalStateException("no keychain for " + name);
                })
            .build();
    server.does(exchange -> answer(exchange, 401, Map.of(), new byte[0]));

    assertThat(failure(images)).contains("no keychain for " + server.authority());
  }

  @Test
  void aPageIsNoManifest() {
    server.does(
        exchange ->
            answer(exchange, 200, Map.of("Content-Type", "text/html; charset=utf-8"), MANIFEST));

    assertThat(failure(images().build()))
        .contains("sent text/html; charset=utf-8, which is no OCI");
  }

  @Test
  void aManifestWithoutAnEndIsNotReadToIt() {
    server.does(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", TYPE);
          if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
          }
          exchange.sendResponseHeaders(200, 0);
          byte[] piece = new byte[1 << 16];
          for (int i = 0; i < 1_000; i++) { // Ends when the client hangs up.
            exchange.getResponseBody().write(piece);
          }
        });

    assertThat(failure(images().build())).contains("has more than 4194304 bytes");
  }

  @Test
  void aRegistryThatDoesNotAnswerIsWaitedForAsLongAsWasSaid() {
    server.does(exchange -> server.hang());

    assertThat(failure(images().timeout(Duration.ofMillis(200)).build()))
        .contains("did not answer within PT0.2S");
  }

  @Test
  void aRegistryThatStopsInTheMiddleIsNotWaitedForEither() {
    server.does(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", TYPE);
          if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
          }
          exchange.sendResponseHeaders(200, MANIFEST.length);
          exchange.getResponseBody().write(MANIFEST, 0, 1);
          exchange.getResponseBody().flush();
          server.hang();
        });

    assertThat(failure(images().timeout(Duration.ofMillis(500)).build()))
        .contains("did not answer within PT0.5S");
  }

  @Test
  void whoIsInterruptedStaysInterrupted() {
    server.does(exchange -> server.hang());
    Thread.currentThread().interrupt();

    assertThat(failure(images().build())).contains("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whatSpeaksNoHttpIsNoRegistry() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread talker =
          new Thread(
              () -> {
                try (Socket caller = socket.accept()) {
                  caller.getOutputStream().write("SSH-2.0-x\r\n\r\n".getBytes(UTF_8));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      talker.start();
      String name = "127.0.0.1:" + socket.getLocalPort();
      RegistryImages images =
          RegistryImages.builder(client).address(name, URI.create("http://" + name)).build();

      assertThatThrownBy(() -> images.resolve(name + "/train"))
          .hasMessageContaining("gave no answer that can be used");
      talker.join();
    }
  }

  @Test
  void aRegistryThatIsDownOrUnknownSaysSo() {
    server.close();
    assertThat(failure(images().build())).contains("cannot be reached").contains("start it");

    assertThatThrownBy(
            () -> RegistryImages.builder(client).build().resolve("registry.invalid/train"))
        .isInstanceOf(ImageNotResolvedException.class)
        .hasMessageContaining("(https://registry.invalid) is not known by that name");
  }

  @Test
  void aRedirectIsFollowedWithoutTheLogin() throws Exception {
    try (TestServer other = new TestServer()) {
      other.does(exchange -> manifest(exchange, DIGEST));
      server.does(
          exchange -> {
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
              String to = other.address() + exchange.getRequestURI().toString();
              answer(exchange, 307, Map.of("Location", to), new byte[0]);
            } else {
              answer(exchange, 401, Map.of("WWW-Authenticate", "Basic realm=r"), new byte[0]);
            }
          });
      RegistryImages images =
          images().logins(name -> Optional.of(new RegistryLogin("ann", PASSWORD))).build();

      assertThat(images.resolve(train())).contains(DIGEST);

      assertThat(other.requests()).hasSize(2);
      assertThat(other.authorizations()).containsOnly("null");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/again | redirects more than 5 times",
        "''     | redirects to \"\", which is no address",
        "ftp://x/y | redirects to \"ftp://x/y\", which is no address",
        "http://a b | redirects to \"http://a b\", which is no address"
      })
  void aRedirectThatLeadsNowhereIsRefused(String location, String message) {
    server.does(exchange -> answer(exchange, 302, Map.of("Location", location), new byte[0]));

    assertThat(failure(images().build())).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {}                | gives none to callers without a login (status 500)",
        "401 | {}                | gives none to callers without a login (status 401)",
        "200 | {}                | sends something else",
        "200 | <html>            | sends something else",
        "200 | {\"token\": 5}    | sends something else",
        "200 | {\"token\": \"\"} | sends something else",
        "200 | [\"token\"]       | sends something else",
        "200 | {\"token\": \"a\\r\\nb\"} | sends something else"
      })
  void aTokenServerThatGivesNoneIsNamed(int status, String body, String message) {
    server.does(
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/token")) {
            answer(exchange, status, Map.of(), body.getBytes(UTF_8));
          } else {
            String challenge = "Bearer realm=\"" + server.address() + "/token\",service=\"s\"";
            answer(exchange, 401, Map.of("WWW-Authenticate", challenge), new byte[0]);
          }
        });

    assertThat(failure(images().build())).contains(message);
    assertThat(server.requests()).contains("GET /token?service=s&scope=repository%3Atrain%3Apull");
  }

  @Test
  void aTokenIsNotFetchedOverPlainHttpForARegistryThatIsAskedOverTls() {
    URI secure = URI.create("https://registry.example");
    RegistryToken tokens =
        new RegistryToken(
            client,
            ImageName.parse("registry.example/train"),
            secure,
            Deadline.in(Duration.ofDays(1)));

    for (String realm : List.of("http://auth.example/token", "token", "", "https://a b")) {
      assertThatThrownBy(
              () ->
                  tokens.authorization(
                      List.of(new Challenge("bearer", Map.of("realm", realm))),
                      new RegistryLogin("ann", PASSWORD)))
          .isInstanceOf(ImageNotResolvedException.class)
          .hasMessageContaining("names a token server \"" + realm + "\", which is no");
    }
  }

  @Test
  void whatCannotBeMeantIsRefusedWhenTheResolverIsBuilt() {
    for (HttpClient.Redirect redirect : HttpClient.Redirect.values()) {
      HttpClient following = HttpClient.newBuilder().followRedirects(redirect).build();
      if (redirect != HttpClient.Redirect.NEVER) {
        assertThatThrownBy(() -> RegistryImages.builder(following))
            .hasMessageContaining("follows redirects " + redirect);
      }
    }
    for (String none : List.of("localhost:5000", "ftp://x", "http:/x", "http://x?y=1")) {
      assertThatThrownBy(() -> images().address("r.example", URI.create(none)))
          .hasMessageContaining("no address of a registry");
    }
    assertThatThrownBy(() -> images().timeout(Duration.ZERO)).hasMessageContaining("PT0S");
    for (String user : Arrays.asList("", "a:b")) {
      assertThatThrownBy(() -> new RegistryLogin(user, PASSWORD))
          .hasMessageContaining("no user's name");
    }
  }
}
