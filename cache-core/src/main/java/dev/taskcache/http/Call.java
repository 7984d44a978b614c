package dev.taskcache.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request without a body.
 *
 * @param method {@code HEAD} or {@code GET}
 * @param uri absolute, http or https, with a host
 * @param headers value by name
 */
record Call(String method, URI uri, Map<String, String> headers) {
  private static final String HTTPS = "https";

  Call {
    headers = Map.copyOf(headers);
    if (!isWeb(uri)) {
      throw new IllegalArgumentException(uri + " is no address of a web server");
    }
  }

  static boolean isWeb(URI uri) {
    return uri.getHost() != null && (isSecure(uri) || "http".equalsIgnoreCase(uri.getScheme()));
  }

  static boolean isSecure(URI uri) {
    return HTTPS.equalsIgnoreCase(uri.getScheme());
  }

  Call with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Call(method, uri, more);
  }

  Call as(String otherMethod) {
    return new Call(otherMethod, uri, headers);
  }

  /** The same to where a server sends it; what the caller gave for one server no other gets. */
  Call redirected(URI to) {
    Map<String, String> kept = new HashMap<>(headers);
    if (!origin(to).equals(origin(uri))) {
      kept.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).startsWith("accept"));
    }
    return new Call(method, to, kept);
  }

  HttpRequest request(Deadline deadline) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .timeout(deadline.left());
    headers.forEach((name, value) -> set(request, name, value));
    return request.build();
  }

  private static void set(HttpRequest.Builder request, String name, String value) {
    try {
      request.setHeader(name, value);
    } catch (IllegalArgumentException e) { // Its message has the value, which may be a secret.
      throw new IllegalArgumentException(
          "the header \"" + name + "\" cannot be sent with that value; correct it");
    }
  }

  private static String origin(URI uri) {
    int port = uri.getPort() >= 0 ? uri.getPort() : isSecure(uri) ? 443 : 80;
    return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
  }

  /** Without headers, which may be secrets. */
  @Override
  public String toString() {
    return method + " " + uri;
  }
}
