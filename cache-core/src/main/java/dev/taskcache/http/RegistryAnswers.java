package dev.taskcache.http;

import dev.taskcache.key.ImageNotResolvedException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a registry answers about one image, and says what is wrong with it. */
final class RegistryAnswers {
  private static final String DIGEST_HEADER = "docker-content-digest";

  private final ImageName image;
  private final URI address;

  RegistryAnswers(ImageName image, URI address) {
    this.image = image;
    this.address = address;
  }

  ImageNotResolvedException failure(String problem, @Nullable Throwable cause) {
    return new ImageNotResolvedException(
        image.text() + ": the registry " + image.registry() + " (" + address + ") " + problem,
        cause);
  }

  /** What the registry says is the digest. */
  Optional<String> digest(HttpResponse<?> response) {
    return digest(response.headers());
  }

  Optional<String> digest(HttpHeaders headers) {
    Optional<String> digest = headers.firstValue(DIGEST_HEADER).map(String::strip);
    if (digest.isPresent() && !ContentHash.isKnown(digest.get())) {
      throw failure(
          "gives the digest \""
              + digest.get()
              + "\", which is neither SHA-256 nor SHA-512; pin the image by its digest",
          null);
    }
    return digest;
  }

  /** Refuses everything but success. */
  void check(HttpResponse<?> response, @Nullable RegistryLogin login) {
    int status = response.statusCode();
    if (status / 100 != 2) {
      throw failure(problem(status, response, login), null);
    }
  }

  /** Refuses what is no manifest: a page that asks to log in has a digest, too. */
  void checkType(HttpResponse<?> response, Set<String> manifests) {
    String type = response.headers().firstValue("content-type").orElse("nothing with a type");
    String bare = type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!manifests.contains(bare)) {
      throw failure(
          "sent "
              + type
              + ", which is no OCI or Docker (schema 2) manifest; check the address, or push the"
              + " image in one of these forms",
          null);
    }
  }

  private String problem(int status, HttpResponse<?> response, @Nullable RegistryLogin login) {
    String of = image.repository();
    return switch (status) {
      case 401 ->
          login == null
              ? "wants to know who asks (401), or has no "
                  + of
                  + "; give a login for "
                  + image.registry()
                  + " that may pull it, or correct the name"
              : "refuses " + login + " (401); correct it, or let it pull " + of;
      case 403 ->
          "forbids "
              + (login == null ? "everybody without a login" : login)
              + " to pull "
              + of
              + " (403); give a login that may";
      case 404 ->
          "has no "
              + of
              + ":"
              + image.tag()
              + " (404); push it, correct the name, or give a login that may see it";
      case 429 ->
          "allows no more requests now (429"
              + response
                  .headers()
                  .firstValue("retry-after")
                  .map(", retry after "::concat)
                  .orElse("")
              + "); ask later, with a login whose limit is higher, or pin the image by its digest";
      default ->
          status >= 500
              ? "fails (" + status + "); ask again later, or pin the image by its digest"
              : "answers with status " + status + ", as no registry should; check the address";
    };
  }
}
