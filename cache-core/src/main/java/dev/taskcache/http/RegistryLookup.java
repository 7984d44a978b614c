package dev.taskcache.http;

import dev.taskcache.key.ImageNotResolvedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One question to a registry: the digest of a tag's manifest ("Pulling manifests" of the OCI
 * distribution specification). Used once, by one thread.
 */
final class RegistryLookup {
  private static final Set<String> MANIFESTS =
      Set.of(
          "application/vnd.oci.image.index.v1+json",
          "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json",
          "application/vnd.docker.distribution.manifest.v2+json");
  private static final String ACCEPT = String.join(", ", MANIFESTS);
  private static final long MOST_BYTES = 4L << 20; // What the specification says registries take.
  private static final int UNAUTHORIZED = 401;
  private static final Set<Integer> NO_SUCH_METHOD = Set.of(405, 501);

  private final HttpClient client;
  private final ImageName image;
  private final URI address;
  private final Function<String, Optional<RegistryLogin>> logins;
  private final Deadline deadline;
  private final Set<String> verified;
  private final RegistryAnswers answers;
  private @Nullable String authorization;
  private @Nullable RegistryLogin login;

  RegistryLookup(
      HttpClient client,
      ImageName image,
      URI address,
      Function<String, Optional<RegistryLogin>> logins,
      Deadline deadline,
      Set<String> verified) {
    this.client = client;
    this.image = image;
    this.address = address;
    this.logins = logins;
    this.deadline = deadline;
    this.verified = verified;
    this.answers = new RegistryAnswers(image, address);
  }

  String digest() {
    try {
      HttpResponse<ContentHash.Content> head = ask("HEAD", image.tag(), null);
      if (NO_SUCH_METHOD.contains(head.statusCode())) {
        return pulled(image.tag(), null);
      }
      answers.check(head, login);
      Optional<String> said = answers.digest(head);
      if (said.isEmpty()) {
        return pulled(image.tag(), null);
      }
      String known = image.registry() + "/" + image.repository() + "@" + said.get();
      if (!verified.contains(known)) {
        pulled(said.get(), said.get());
        verified.add(known);
      }
      return said.get();
    } catch (IOException e) {
      throw answers.failure(Trouble.with(e, deadline), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw answers.failure("had not answered when this thread was interrupted; ask again", e);
    } catch (ImageNotResolvedException e) {
      throw e;
    } catch (RuntimeException e) {
      throw answers.failure("could not be asked (" + e + ")", e);
    }
  }

  /** The digest of the manifest itself, which is what was expected and what the registry says. */
  private String pulled(String reference, @Nullable String expected)
      throws IOException, InterruptedException {
    HttpResponse<ContentHash.Content> response = ask("GET", reference, expected);
    answers.check(response, login);
    answers.checkType(response, MANIFESTS);
    String found = response.body().digest();
    String said = expected == null ? answers.digest(response).orElse(found) : expected;
    if (!said.equals(found)) {
      throw answers.failure(
          "says that the manifest's digest is "
              + said
              + ", and sends one with "
              + found
              + "; nothing from there can be believed",
          null);
    }
    return found;
  }

  private HttpResponse<ContentHash.Content> ask(
      String method, String reference, @Nullable String expected)
      throws IOException, InterruptedException {
    String base = address.toString().replaceFirst("/+$", "");
    URI uri = URI.create(base + "/v2/" + image.repository() + "/manifests/" + reference);
    Call call = new Call(method, uri, Map.of("Accept", ACCEPT));
    HttpResponse<ContentHash.Content> response = send(call, expected);
    if (response.statusCode() != UNAUTHORIZED || authorization != null) {
      return response;
    }
    List<Challenge> challenges = Challenge.parse(response.headers().allValues("www-authenticate"));
    login = logins.apply(image.registry()).orElse(null);
    authorization =
        new RegistryToken(client, image, address, deadline).authorization(challenges, login);
    return authorization == null ? response : send(call, expected);
  }

  private HttpResponse<ContentHash.Content> send(Call call, @Nullable String expected)
      throws IOException, InterruptedException {
    Call authorized = authorization == null ? call : call.with("Authorization", authorization);
    return Exchange.begin(
            client,
            authorized,
            response ->
                ContentHash.body(
                    expected == null
                        ? answers.digest(response.headers()).orElse(ContentHash.SHA256)
                        : expected,
                    MOST_BYTES),
            deadline)
        .await();
  }
}
