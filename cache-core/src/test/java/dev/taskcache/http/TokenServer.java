package dev.taskcache.http;

import static dev.taskcache.http.TestServer.answer;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives tokens for a registry that trusts a key: to one user, or to everybody. */
final class TokenServer implements AutoCloseable {
  static final String ISSUER = "taskcache-test";
  static final String SERVICE = "registry.test";

  private final TestServer server = new TestServer();
  private final TestKey key;

  TokenServer(TestKey key, RegistryLogin wanted) throws IOException {
    this.key = key;
    server.does(exchange -> give(exchange, wanted));
  }

  private void give(HttpExchange exchange, RegistryLogin wanted) throws IOException {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    if (wanted != null && !wanted.basic().equals(shown)) {
      answer(exchange, 401, Map.of(), new byte[0]);
      return;
    }
    Map<String, String> query = new HashMap<>();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
      query.put(
          pair.replaceFirst("=.*", ""), URLDecoder.decode(pair.replaceFirst(".*?=", ""), UTF_8));
    }
    String[] scope = query.get("scope").split(":");
    if (!SERVICE.equals(query.get("service")) || scope.length != 3) {
      answer(exchange, 400, Map.of(), new byte[0]);
      return;
    }
    String token = token(scope[1], List.of(scope[2].split(",")));
    answer(
        exchange,
        200,
        Map.of(),
        ("{\"token\":\"" + token + "\",\"expires_in\":300}").getBytes(UTF_8));
  }

  /** A JSON web token as the registry wants it, signed with the key, whose certificate is in it. */
  String token(String repository, List<String> actions) {
    try {
      String certificate = Base64.getEncoder().encodeToString(key.certificate().getEncoded());
      String head = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"x5c\":[\"" + certificate + "\"]}";
      long now = Instant.now().getEpochSecond();
      String claims =
          "{\"iss\":\"%s\",\"sub\":\"\",\"aud\":\"%s\",\"exp\":%d,\"nbf\":%d,\"iat\":%d,\"jti\":\"1\","
                  .formatted(ISSUER, SERVICE, now + 300, now - 10, now)
              + "\"access\":[{\"type\":\"repository\",\"name\":\"%s\",\"actions\":[\"%s\"]}]}"
                  .formatted(repository, String.join("\",\"", actions));
      String signed = encoded(head.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.key());
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + encoded(signature.sign());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  URI realm() {
    return server.address().resolve("/token");
  }

  List<String> requests() {
    return server.requests();
  }

  @Override
  public void close() {
    server.close();
  }
}
