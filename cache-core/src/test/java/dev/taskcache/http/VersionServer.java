package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.taskcache.version.PipelineVersion;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pipelines in memory, told as docs/pipeline-source.md says. */
final class VersionServer implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<String, Published>> pipelines = new ConcurrentHashMap<>();
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();

  private record Published(byte[] content, Instant createdAt) {}

  void publish(String pipeline, String id, String content) {
    pipelines
        .computeIfAbsent(pipeline, p -> new ConcurrentSkipListMap<>())
        .put(id, new Published(content.getBytes(UTF_8), Instant.now()));
  }

  void delete(String pipeline, String id) {
    pipelines.getOrDefault(pipeline, Map.of()).remove(id);
  }

  /** What it answered with so far. */
  List<Integer> statuses() {
    return List.copyOf(statuses);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    List<String> path = new ArrayList<>();
    for (String each : exchange.getRequestURI().getRawPath().substring(1).split("/", -1)) {
      path.add(URLDecoder.decode(each, UTF_8));
    }
    Map<String, Published> versions =
        path.size() < 3 ? null : pipelines.get(path.get(1)); // pipelines/{pipeline}/versions
    if (versions == null || !path.get(0).equals("pipelines") || !path.get(2).equals("versions")) {
      answer(exchange, 404, Map.of(), "no such pipeline".getBytes(UTF_8));
    } else if (path.size() == 3) {
      list(exchange, versions);
    } else if (!versions.containsKey(path.get(3))) {
      answer(exchange, 404, Map.of(), "no such version".getBytes(UTF_8));
    } else if (path.size() == 4) {
      byte[] body = JSON.writeValueAsBytes(json(path.get(3), versions.get(path.get(3))));
      answer(exchange, 200, Map.of("Content-Type", "application/json"), body);
    } else {
      answer(exchange, 200, Map.of(), versions.get(path.get(3)).content());
    }
  }

  private void list(HttpExchange exchange, Map<String, Published> versions) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    versions.forEach((id, each) -> all.add(json(id, each)));
    byte[] body = JSON.writeValueAsBytes(Map.of("versions", all));
    String tag = "\"" + Digests.sha256(body).substring(7) + "\"";
    boolean same = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
    answer(exchange, same ? 304 : 200, Map.of("ETag", tag), same ? new byte[0] : body);
  }

  private void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    statuses.add(status);
    TestServer.answer(exchange, status, headers, body);
  }

  private static Map<String, Object> json(String id, Published version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", id);
    json.put("createdAt", version.createdAt().toString());
    json.put("state", "READY");
    json.put("digest", Digests.sha256(version.content()));
    String number = PipelineVersion.numberIn(id);
    if (number != null) {
      json.put("number", number);
    }
    json.put("uploadedBy", Map.of("name", "ann"));
    return json;
  }
}
