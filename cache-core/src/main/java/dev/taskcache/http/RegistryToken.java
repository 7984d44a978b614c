package dev.taskcache.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a registry wants to see before it answers: a login, or a token that another server gives
 * ("Token Authentication Specification" of the CNCF's distribution project).
 */
final class RegistryToken {
  private static final long MOST_BYTES = 1L << 20;

  /** What can stand in a header. */
  private static final Pattern VISIBLE = Pattern.compile("[!-~]++");

  private final HttpClient client;
  private final ImageName image;
  private final RegistryAnswers answers;
  private final boolean secure;
  private final Deadline deadline;

  RegistryToken(HttpClient client, ImageName image, URI address, Deadline deadline) {
    this.client = client;
    this.image = image;
    this.answers = new RegistryAnswers(image, address);
    this.secure = Call.isSecure(address);
    this.deadline = deadline;
  }

  /** The header that answers one of the challenges; null if none can be answered. */
  @Nullable String authorization(List<Challenge> challenges, @Nullable RegistryLogin login)
      throws IOException, InterruptedException {
    for (Challenge each : challenges) {
      if (each.scheme().equals("bearer") && each.parameters().containsKey("realm")) {
        return "Bearer " + token(each.parameters(), login);
      }
    }
    return login != null && challenges.stream().anyMatch(each -> each.scheme().equals("basic"))
        ? login.basic()
        : null;
  }

  private String token(Map<String, String> challenge, @Nullable RegistryLogin login)
      throws IOException, InterruptedException {
    URI server = server(challenge);
    Call call = new Call("GET", server, Map.of("Accept", "application/json"));
    HttpResponse<byte[]> response;
    try {
      response =
          Exchange.begin(
                  client,
                  login == null ? call : call.with("Authorization", login.basic()),
                  info -> BoundedBody.bytes(MOST_BYTES),
                  deadline)
              .await();
    } catch (IOException e) {
      throw answers.failure(at(server) + Trouble.with(e, deadline), e);
    }
    if (response.statusCode() != 200) {
      throw answers.failure(
          at(server)
              + "gives none to "
              + (login == null ? "callers without a login" : login)
              + " (status "
              + response.statusCode()
              + "); give a login for "
              + image.registry()
              + " that may pull "
              + image.repository(),
          null);
    }
    return read(new String(response.body(), UTF_8))
        .orElseThrow(
            () -> answers.failure(at(server) + "sends something else; check the address", null));
  }

  private static String at(URI server) {
    return "wants a token, and its token server " + server.getHost() + " ";
  }

  private URI server(Map<String, String> challenge) {
    String realm = challenge.getOrDefault("realm", "");
    String scope = challenge.getOrDefault("scope", "repository:" + image.repository() + ":pull");
    String query =
        Stream.of(
                "service=" + encoded(challenge.getOrDefault("service", "")),
                "scope=" + encoded(scope))
            .filter(each -> !each.endsWith("="))
            .collect(Collectors.joining("&"));
    URI server;
    try {
      server = URI.create(realm + (realm.contains("?") ? "&" : "?") + query);
    } catch (IllegalArgumentException e) {
      throw answers.failure("names a token server \"" + realm + "\", which is no address", e);
    }
    if (!Call.isWeb(server) || secure && !Call.isSecure(server)) {
      throw answers.failure(
          "names a token server \"" + realm + "\", which is no https address; tell its owner",
          null);
    }
    return server;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static Optional<String> read(String json) {
    try {
      if (JsonForm.parse(json) instanceof InputValue.MapValue answer) {
        return Stream.of("token", "access_token")
            .map(answer.entries()::get)
            .filter(InputValue.Text.class::isInstance)
            .map(text -> ((InputValue.Text) text).value())
            .filter(text -> VISIBLE.matcher(text).matches())
            .findFirst();
      }
      return Optional.empty();
    } catch (InvalidRequestException e) {
      return Optional.empty();
    }
  }
}
