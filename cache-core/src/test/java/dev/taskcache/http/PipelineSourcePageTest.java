package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The example of {@code docs/pipeline-source.md}, served as it stands there. */
class PipelineSourcePageTest {
  private static final Pattern ANSWER =
      Pattern.compile(
          "\n`GET (?<path>/\\S+)`\n\n```(?:json|yaml)\n(?<body>.*?)```\n", Pattern.DOTALL);

  @Test
  void theExampleIsReadAsItSays() throws Exception {
    Map<String, String> answers = new HashMap<>();
    Matcher answer = ANSWER.matcher(Files.readString(Path.of("../docs/pipeline-source.md")));
    while (answer.find()) {
      answers.put(answer.group("path"), answer.group("body"));
    }
    try (TestServer server = new TestServer()) {
      server.does(
          exchange -> {
            String body = answers.get(exchange.getRequestURI().getRawPath());
            TestServer.answer(exchange, 200, Map.of(), String.valueOf(body).getBytes(UTF_8));
          });
      HttpPipelineSource source =
          HttpPipelineSource.builder(HttpClient.newHttpClient(), server.address()).build();

      List<PipelineVersion> versions = source.versions("train");

      PipelineVersion first = versions.get(0);
      assertThat(first.createdAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
      assertThat(first.number()).contains("1.4.2");
      assertThat(versions)
          .extracting(PipelineVersion::state)
          .containsExactly(VersionState.READY, VersionState.WITHDRAWN);
      assertThat(versions.get(1).number()).isEmpty();
      String content = new String(source.load(first), UTF_8);
      assertThat(KfpPipeline.parse("page", content).name()).isEqualTo("train");
      assertThat(server.requests())
          .containsExactlyInAnyOrderElementsOf(
              answers.keySet().stream().map("GET "::concat).toList());
    }
  }

  @Test
  void thePageSaysTheLimitsAndStatesThatAreKept() throws Exception {
    String page = Files.readString(Path.of("../docs/pipeline-source.md"));
    for (VersionState state : VersionState.values()) {
      assertThat(page).contains("`" + state + "`");
    }
    assertThat(page).contains("may have 8 MiB").contains("within 10 seconds");
  }
}
