package dev.taskcache.http;

import dev.taskcache.key.InputValue;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.ArtifactVerifier.Fault;
import dev.taskcache.policy.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One artifact that is being looked at: asked about first, then read if need be. One thread's. */
final class HttpLook {
  private static final Set<Integer> GONE = Set.of(404, 410);
  private static final Set<Integer> NO_SUCH_METHOD = Set.of(405, 501);

  private final HttpClient client;
  private final Call call;
  private final Verification level;
  private final Limits limits;
  private final Deadline deadline;
  private final @Nullable String digest;
  private final OptionalLong size;
  private Exchange<ContentHash.Content> exchange;

  /** How much is read, and whether a server's word is enough. */
  record Limits(long mostBytes, boolean believing) {}

  /**
   * Begins to look.
   *
   * @throws IllegalArgumentException if it has no address that could be asked, or a header is none
   */
  HttpLook(
      HttpClient client,
      InputValue.Artifact artifact,
      Map<String, String> headers,
      Verification level,
      Limits limits,
      Deadline deadline) {
    this.client = client;
    this.level = level;
    this.limits = limits;
    this.deadline = deadline;
    this.size =
        level == Verification.EXISTS ? OptionalLong.empty() : ArtifactVerifier.sizeOf(artifact);
    String given = level == Verification.EXISTS ? null : artifact.digest();
    this.digest = given != null && ContentHash.isKnown(given) ? given : null;
    Map<String, String> all = new HashMap<>(headers);
    all.put("Accept-Encoding", "identity");
    boolean read = level == Verification.DIGEST && digest != null && !limits.believing();
    this.call = new Call(read ? "GET" : "HEAD", URI.create(uri(artifact)), all);
    this.exchange = begin(call);
  }

  private static String uri(InputValue.Artifact artifact) {
    return String.valueOf(artifact.uri());
  }

  private Exchange<ContentHash.Content> begin(Call asked) {
    return Exchange.begin(client, asked, response -> body(asked, response.statusCode()), deadline);
  }

  private BodySubscriber<ContentHash.Content> body(Call asked, int status) {
    boolean wanted = status / 100 == 2 && asked.method().equals("GET");
    return wanted && level != Verification.EXISTS
        ? ContentHash.body(digest == null ? ContentHash.SHA256 : digest, most())
        : ContentHash.unread();
  }

  /** A body that is longer than the artifact is not read to its end. */
  private long most() {
    return Math.min(size.orElse(Long.MAX_VALUE), limits.mostBytes());
  }

  /** What is wrong with it; waits until that is known. */
  Optional<Fault> fault() {
    try {
      HttpResponse<ContentHash.Content> response = exchange.await();
      if (call.method().equals("HEAD")) {
        if (NO_SUCH_METHOD.contains(response.statusCode()) || unsaid(response)) {
          exchange = begin(call.as("GET"));
          response = exchange.await();
        } else {
          return Optional.ofNullable(ofHeaders(response));
        }
      }
      return Optional.ofNullable(ofContent(response));
    } catch (BoundedBody.TooLongException e) {
      return Optional.of(tooLong());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(unknown("had not been seen when this thread was interrupted"));
    } catch (IOException e) {
      return Optional.of(unknown("is on a server that " + Trouble.with(e, deadline)));
    } catch (IllegalArgumentException e) {
      return Optional.of(unknown("cannot be asked for (" + e.getMessage() + ")"));
    }
  }

  /** Whether headers without a fault leave something open that reading would tell. */
  private boolean unsaid(HttpResponse<?> response) {
    if (response.statusCode() / 100 != 2 || ofHeaders(response) != null) {
      return false;
    }
    boolean unsized = size.isPresent() && length(response.headers()).isEmpty();
    return unsized
        || level == Verification.DIGEST
            && digest != null
            && !DigestHeaders.of(response.headers()).confirm(digest);
  }

  private @Nullable Fault ofHeaders(HttpResponse<?> response) {
    Fault fault = ofStatus(response.statusCode());
    OptionalLong length = length(response.headers());
    if (fault != null) {
      return fault;
    } else if (size.isPresent() && length.isPresent() && !size.equals(length)) {
      return otherSize(Long.toString(length.getAsLong()));
    }
    return digest == null
        ? null
        : DigestHeaders.of(response.headers())
            .contradiction(digest)
            .map(this::otherDigest)
            .orElse(null);
  }

  private static OptionalLong length(HttpHeaders headers) {
    return DigestHeaders.isEncoded(headers)
        ? OptionalLong.empty()
        : headers.firstValueAsLong("content-length");
  }

  private @Nullable Fault ofContent(HttpResponse<ContentHash.Content> response) {
    Fault fault = ofStatus(response.statusCode());
    if (fault != null || level == Verification.EXISTS) {
      return fault;
    }
    ContentHash.Content content = response.body();
    if (size.isPresent() && size.getAsLong() != content.bytes()) {
      return otherSize(Long.toString(content.bytes()));
    }
    return digest == null || digest.equals(content.digest()) ? null : otherDigest(content.digest());
  }

  private @Nullable Fault ofStatus(int status) {
    if (status / 100 == 2) {
      return null;
    } else if (GONE.contains(status)) {
      return Fault.missing(name() + " is not there (" + status + ")");
    }
    boolean refused = status == 401 || status == 403;
    return unknown(
        refused
            ? "may not be seen ("
                + status
                + "); give HttpArtifacts the headers that its server wants"
            : "is on a server that answered with status " + status);
  }

  private Fault tooLong() {
    return size.isPresent() && size.getAsLong() <= limits.mostBytes()
        ? otherSize("more")
        : unknown(
            "has more than "
                + limits.mostBytes()
                + " bytes; raise mostBytes, or look at sizes only");
  }

  private Fault otherSize(String bytes) {
    return Fault.changed(name() + " has " + bytes + " bytes instead of " + size.getAsLong());
  }

  private Fault otherDigest(String found) {
    return Fault.changed(name() + " has the digest " + found + " instead of " + digest);
  }

  private Fault unknown(String problem) {
    return Fault.unknown(name() + " " + problem);
  }

  /** Without the query, which may be a signature that lets everybody read. */
  private String name() {
    return call.uri().toString().replaceFirst("[?#].*", "");
  }

  void cancel() {
    exchange.cancel();
  }
}
