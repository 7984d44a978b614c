package dev.taskcache.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.PipelineVersion;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipelines on servers that speak TLS: the client says whom it trusts, and no token leads out. */
class PipelineSourceTlsTest {
  @TempDir private Path folder;

  private static PipelineSource source(HttpClient client, TestServer server) {
    return HttpPipelineSource.builder(client, server.address()).token(() -> "hunter2").build();
  }

  @Test
  void theClientDecidesWhomToTrust() throws Exception {
    TestKey key = new TestKey(folder);
    try (TestServer server = TestServer.secure(key.serving())) {
      VersionServer versions = new VersionServer();
      versions.publish("train", "1.0.0", "one");
      server.does(versions);
      PipelineSource trusting = source(trusting(key), server);

      PipelineVersion version = trusting.versions("train").get(0);

      assertThat(trusting.load(version)).asString().isEqualTo("one");
      assertThatThrownBy(() -> source(HttpClient.newHttpClient(), server).versions("train"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(server.address() + "/pipelines/train/versions: the server cannot")
          .hasMessageContaining("be trusted");
    }
  }

  @Test
  void aRedirectOutOfTlsIsNotFollowed() throws Exception {
    TestKey key = new TestKey(folder);
    try (TestServer server = TestServer.secure(key.serving());
        TestServer plain = new TestServer()) {
      server.does(
          exchange ->
              TestServer.answer(
                  exchange, 302, Map.of("Location", plain.address() + "/x"), new byte[0]));

      assertThatThrownBy(() -> source(trusting(key), server).versions("train"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("it redirects from https to http://");
      assertThat(plain.requests()).isEmpty();
    }
  }

  private static HttpClient trusting(TestKey key) throws Exception {
    return HttpClient.newBuilder().sslContext(key.trusting()).build();
  }
}
