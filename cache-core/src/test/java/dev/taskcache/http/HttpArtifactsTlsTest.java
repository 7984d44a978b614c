package dev.taskcache.http;

import static dev.taskcache.http.TestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.ArtifactVerifier.Fault;
import dev.taskcache.policy.Verification;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts on servers that speak TLS: the client says whom it trusts, and nothing leads out. */
class HttpArtifactsTlsTest {
  private static final byte[] CONTENT = "the model".getBytes(UTF_8);

  @TempDir private Path folder;

  private static Optional<Fault> look(HttpClient client, TestServer server) {
    InputValue.Artifact artifact =
        new InputValue.Artifact(
            "data",
            Digests.sha256(CONTENT),
            server.address() + "/model",
            InputValue.MapValue.EMPTY);
    return HttpArtifacts.builder(client).build().verify(List.of(artifact), Verification.DIGEST);
  }

  @Test
  void theClientDecidesWhomToTrust() throws Exception {
    TestKey key = new TestKey(folder);
    try (TestServer server = TestServer.secure(key.serving())) {
      server.does(exchange -> answer(exchange, 200, Map.of(), CONTENT));

      assertThat(look(trusting(key), server)).isEmpty();
      assertThat(look(HttpClient.newHttpClient(), server))
          .hasValueSatisfying(
              fault -> {
                assertThat(fault.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
                assertThat(fault.message()).contains("cannot be trusted").contains("SSLContext");
              });
    }
  }

  @Test
  void aRedirectOutOfTlsIsNotFollowed() throws Exception {
    TestKey key = new TestKey(folder);
    try (TestServer server = TestServer.secure(key.serving());
        TestServer plain = new TestServer()) {
      plain.does(exchange -> answer(exchange, 200, Map.of(), CONTENT));
      Map<String, String> there = Map.of("Location", plain.address() + "/model");
      server.does(exchange -> answer(exchange, 302, there, new byte[0]));

      assertThat(look(trusting(key), server))
          .hasValueSatisfying(
              fault -> {
                assertThat(fault.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
                assertThat(fault.message()).contains("it redirects from https to http://");
              });
      assertThat(plain.requests()).isEmpty();
    }
  }

  private static HttpClient trusting(TestKey key) throws Exception {
    return HttpClient.newBuilder().sslContext(key.trusting()).build();
  }
}
