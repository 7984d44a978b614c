package dev.taskcache.http;

import static dev.taskcache.http.TestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Verification;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An entry whose artifact is on a web server: served, replaced, and never asked for by a plan. */
class HttpArtifactsDecisionTest {
  private static final byte[] CONTENT = "the model".getBytes(UTF_8);
  private static final TaskRequest TRAIN =
      TaskRequest.builder(ComponentSpec.named("train"))
          .version("1")
          .outputs(OutputSchema.of(Map.of("model", new ValueType.ArtifactType("Model"))))
          .build();

  @Test
  void anEntryIsServedOnlyWhileItsArtifactIsWhatItWas() throws Exception {
    try (TestServer server = new TestServer();
        TaskCache cache =
            TaskCache.builder(new InMemoryStore())
                .verify(HttpArtifacts.builder(HttpClient.newHttpClient()).build())
                .defaults(CachingOptions.builder().verification(Verification.DIGEST).build())
                .build()) {
      server.does(exchange -> answer(exchange, 200, Map.of(), CONTENT));
      assertThat(run(cache, server).reason()).isEqualTo(Reason.NO_ENTRY);
      assertThat(cache.plan(List.of(TRAIN)).get(0).reason()).isEqualTo(Reason.ENTRY_FOUND);
      assertThat(server.requests()).isEmpty();
      assertThat(run(cache, server).reason()).isEqualTo(Reason.ENTRY_FOUND);
      assertThat(server.requests()).containsExactly("GET /model");

      server.does(exchange -> answer(exchange, 200, Map.of(), "x".getBytes(UTF_8)));
      assertThat(run(cache, server).reason()).isEqualTo(Reason.OUTPUT_CHANGED);
      server.does(exchange -> answer(exchange, 404, Map.of(), new byte[0]));
      assertThat(run(cache, server).reason()).isEqualTo(Reason.OUTPUT_MISSING);
      server.does(exchange -> answer(exchange, 503, Map.of(), new byte[0]));
      CacheDecision failed = run(cache, server);
      assertThat(failed.reason()).isEqualTo(Reason.VERIFICATION_FAILED);
      assertThat(failed.message()).contains(server.address() + "/model is on a server that");
    }
  }

  private static CacheDecision run(TaskCache cache, TestServer server) throws InterruptedException {
    InputValue model =
        new InputValue.Artifact(
            "Model",
            Digests.sha256(CONTENT),
            server.address() + "/model",
            InputValue.MapValue.EMPTY);
    return cache.getOrRun(TRAIN, () -> Outputs.of(Map.of("model", model))).decision();
  }
}
