package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Puts images without layers into a repository of a registry, through its HTTP API. */
record Push(HttpClient client, URI registry, String repository, String authorization) {
  private static final String OCI = "application/vnd.oci.image.";
  private static final String DOCKER = "application/vnd.docker.";

  /** What an image consists of, in the words of OCI or of Docker. */
  enum Form {
    OCI(Push.OCI + "manifest.v1+json", Push.OCI + "index.v1+json", Push.OCI + "config.v1+json"),
    DOCKER(
        Push.DOCKER + "distribution.manifest.v2+json",
        Push.DOCKER + "distribution.manifest.list.v2+json",
        Push.DOCKER + "container.image.v1+json");

    private final String manifest;
    private final String index;
    private final String config;

    Form(String manifest, String index, String config) {
      this.manifest = manifest;
      this.index = index;
      this.config = config;
    }
  }

  /** An image whose content is a text; returns its digest. */
  String image(String tag, Form form, String content) throws IOException, InterruptedException {
    byte[] config =
        ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"author\":\"" + content + "\"}")
            .getBytes(UTF_8);
    blob(config);
    return manifest(
        tag,
        form.manifest,
        "{\"schemaVersion\":2,\"mediaType\":\""
            + form.manifest
            + "\",\"config\":"
            + descriptor(form.config, config.length, Digests.sha256(config), "")
            + ",\"layers\":[]}");
  }

  /** An image for several platforms, here for one; returns the digest of the whole. */
  String index(String tag, Form form, String content) throws IOException, InterruptedException {
    String part = image(tag + "-amd64", form, content);
    int size = get(part).length;
    return manifest(
        tag,
        form.index,
        "{\"schemaVersion\":2,\"mediaType\":\""
            + form.index
            + "\",\"manifests\":["
            + descriptor(
                form.manifest,
                size,
                part,
                ",\"platform\":{\"architecture\":\"amd64\",\"os\":\"linux\"}")
            + "]}");
  }

  private static String descriptor(String type, int size, String digest, String more) {
    return "{\"mediaType\":\""
        + type
        + "\",\"size\":"
        + size
        + ",\"digest\":\""
        + digest
        + "\""
        + more
        + "}";
  }

  private byte[] get(String reference) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("/manifests/" + reference);
    for (Form form : Form.values()) {
      request.header("Accept", form.manifest);
    }
    HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private void blob(byte[] bytes) throws IOException, InterruptedException {
    HttpResponse<String> begun =
        client.send(
            request("/blobs/uploads/").POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    String location = begun.headers().firstValue("location").orElseThrow();
    URI to =
        begun
            .uri()
            .resolve(
                location
                    + (location.contains("?") ? "&" : "?")
                    + "digest="
                    + Digests.sha256(bytes));
    HttpResponse<String> put =
        client.send(
            request(to)
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(bytes))
                .build(),
            BodyHandlers.ofString());
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
  }

  private String manifest(String tag, String type, String json)
      throws IOException, InterruptedException {
    HttpResponse<String> put =
        client.send(
            request("/manifests/" + tag)
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString());
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
    return Digests.sha256(json.getBytes(UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return request(registry.resolve("/v2/" + repository + path));
  }

  private HttpRequest.Builder request(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }
}
