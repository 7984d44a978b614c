package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The part of the Kubeflow Pipelines API that is asked: v2beta1, with its answers' fields, page
 * tokens, twice encoded filters, names that are compared as MySQL does, and versions that are found
 * by their id alone.
 */
final class KfpApi implements HttpHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROOT = "/apis/v2beta1/pipelines";

  private final List<ObjectNode> pipelines = new ArrayList<>();
  private final List<ObjectNode> versions = new ArrayList<>();
  private int made;

  /** Adds a pipeline, and returns its id. */
  synchronized String pipeline(String name, String namespace) {
    ObjectNode pipeline = JSON.createObjectNode();
    pipeline.put("pipeline_id", newId()).put("created_at", time()).put("name", name);
    pipelines.add(pipeline.put("display_name", name).put("namespace", namespace));
    return pipeline.get("pipeline_id").textValue();
  }

  /** Adds a version to the pipeline with a name, which it makes if need be; returns its id. */
  synchronized String publish(String pipeline, String name, String spec) throws IOException {
    String of =
        pipelines.stream()
            .filter(each -> each.get("display_name").textValue().equals(pipeline))
            .map(each -> each.get("pipeline_id").textValue())
            .findFirst()
            .orElseGet(() -> pipeline(pipeline, ""));
    ObjectNode version = JSON.createObjectNode();
    version.put("pipeline_id", of).put("pipeline_version_id", newId());
    version.put("name", name).put("display_name", name).put("created_at", time());
    version.putObject("package_url").put("pipeline_url", "");
    version.set("pipeline_spec", JSON.readTree(spec));
    versions.add(0, version);
    return version.get("pipeline_version_id").textValue();
  }

  /** What is said of a version; the test may change it. */
  synchronized ObjectNode version(String id) {
    return versions.stream()
        .filter(each -> each.get("pipeline_version_id").textValue().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Turns a version into what the server says where it cannot read its definition. */
  synchronized void breakVersion(String id) {
    ObjectNode broken = version(id);
    broken.removeAll().put("pipeline_version_id", id);
    broken.putObject("error").put("code", 13).put("message", "error in parsing its pipeline spec");
  }

  synchronized void delete(String id) {
    versions.remove(version(id));
  }

  private String newId() {
    return UUID.nameUUIDFromBytes(Integer.toString(++made).getBytes(UTF_8)).toString();
  }

  private String time() {
    return "2026-03-01T10:%02d:%02dZ".formatted(made / 60 % 60, made % 60);
  }

  @Override
  public synchronized void handle(HttpExchange exchange) throws IOException {
    Map<String, String> query = new HashMap<>();
    if (exchange.getRequestURI().getRawQuery() != null) {
      for (String each : exchange.getRequestURI().getRawQuery().split("&")) {
        String[] parts = each.split("=", 2);
        query.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
      }
    }
    String path = exchange.getRequestURI().getRawPath();
    String[] parts = path.substring(Math.min(path.length(), ROOT.length())).split("/", -1);
    if (path.equals(ROOT)) {
      list(exchange, "pipelines", pipelines(query), query);
    } else if (path.startsWith(ROOT + "/") && parts.length == 3 && parts[2].equals("versions")) {
      versions(exchange, parts[1], query);
    } else if (path.startsWith(ROOT + "/") && parts.length == 4) {
      version(exchange, URLDecoder.decode(parts[3], UTF_8));
    } else {
      TestServer.answer(exchange, 404, Map.of(), "404 page not found\n".getBytes(UTF_8));
    }
  }

  private List<ObjectNode> pipelines(Map<String, String> query) throws IOException {
    String decoded = URLDecoder.decode(query.get("filter"), UTF_8);
    JsonNode predicate = JSON.readTree(decoded).get("predicates").get(0);
    String name = predicate.get("string_value").textValue();
    if (!predicate.get("operation").textValue().equals("EQUALS")
        || !predicate.get("key").textValue().equals("display_name")) {
      throw new IOException("not implemented here: " + decoded);
    }
    return pipelines.stream()
        .filter(each -> each.get("display_name").textValue().equalsIgnoreCase(name))
        .filter(
            each -> each.get("namespace").textValue().equals(query.getOrDefault("namespace", "")))
        .toList();
  }

  private void versions(HttpExchange exchange, String of, Map<String, String> query)
      throws IOException {
    boolean known =
        pipelines.stream().anyMatch(each -> each.get("pipeline_id").textValue().equals(of));
    if (!known) {
      notFound(exchange, "Pipeline " + of);
    } else if (!query.get("sort_by").equals("created_at desc")) {
      error(exchange, 400, 3, "cannot sort by " + query.get("sort_by"));
    } else {
      List<ObjectNode> all = new ArrayList<>();
      for (ObjectNode each : versions) {
        if (!each.has("pipeline_id") || each.get("pipeline_id").textValue().equals(of)) {
          all.add(each);
        }
      }
      list(exchange, "pipeline_versions", all, query);
    }
  }

  private void version(HttpExchange exchange, String id) throws IOException {
    for (ObjectNode each : versions) {
      if (each.get("pipeline_version_id").textValue().equals(id)) {
        send(exchange, 200, each);
        return;
      }
    }
    notFound(exchange, "PipelineVersion " + id);
  }

  private void list(
      HttpExchange exchange, String name, List<ObjectNode> all, Map<String, String> query)
      throws IOException {
    int size = Integer.parseInt(query.get("page_size"));
    int from = 0;
    if (query.containsKey("page_token")) {
      String token = new String(Base64.getDecoder().decode(query.get("page_token")), UTF_8);
      from = JSON.readTree(token).get("From").intValue();
    }
    int to = Math.min(from + size, all.size());
    ObjectNode answer = JSON.createObjectNode();
    if (to > from) { // As the gateway leaves out what is empty.
      ArrayNode page = answer.putArray(name);
      all.subList(from, to).forEach(page::add);
      answer.put("total_size", all.size());
    }
    if (to < all.size()) {
      String token = "{\"SortByFieldName\":\"Created>>>>???\",\"From\":" + to + "}";
      answer.put("next_page_token", Base64.getEncoder().encodeToString(token.getBytes(UTF_8)));
    }
    send(exchange, 200, answer);
  }

  private static void notFound(HttpExchange exchange, String what) throws IOException {
    error(exchange, 404, 5, "ResourceNotFoundError: " + what + " not found.");
  }

  static void error(HttpExchange exchange, int status, int code, String message)
      throws IOException {
    ObjectNode error = JSON.createObjectNode();
    error.put("error", message).put("code", code).put("message", message).putArray("details");
    send(exchange, status, error);
  }

  private static void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
    TestServer.answer(
        exchange, status, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(body));
  }
}
