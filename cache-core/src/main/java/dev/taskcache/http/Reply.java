package dev.taskcache.http;

import dev.taskcache.version.PipelineVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server of pipelines answered. */
record Reply(SourceServer server, String call, HttpResponse<byte[]> response) {

  int status() {
    return response.statusCode();
  }

  byte[] body() {
    return response.body();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** Refuses every status but 200. */
  void check() throws IOException {
    if (status() != 200) {
      throw failure(problem(), null);
    }
  }

  /** The definition of a version, which it must be, and whole. */
  static byte[] content(String from, PipelineVersion version, byte[] content) throws IOException {
    String digest = PipelineVersion.digestOf(content);
    if (!digest.equals(version.digest())) {
      throw SourceServer.failure(
          from,
          "sent a definition of version "
              + version.id()
              + " with the digest "
              + digest
              + " instead of "
              + version.digest()
              + ": it was cut off, or is another by now; list the versions again",
          null);
    }
    return content;
  }

  /** Says that the answer is not what was asked for. */
  IOException unusable(IOException e) {
    return failure(
        "sent an answer that cannot be used (" + e.getMessage() + "); check the address", e);
  }

  IOException failure(String problem, @Nullable Throwable cause) {
    return SourceServer.failure(call, problem, cause);
  }

  private String problem() {
    boolean known = server.token() != null;
    return switch (status()) {
      case 401 ->
          known
              ? "refuses the token (401); give one that is still valid"
              : "wants to know who asks (401); give a token";
      case 403 ->
          "forbids that (403); give a token "
              + (known ? "of somebody who may see this pipeline" : "that may see this pipeline");
      case 404 -> "knows no such path (404); check the address";
      case 429 -> "allows no more requests now (429" + retry() + "); ask less often";
      default ->
          status() >= 500
              ? "fails (" + status() + retry() + "); ask again later"
              : "answers with status "
                  + status()
                  + ", as no server of pipelines should; check the address";
    };
  }

  private String retry() {
    return header("retry-after").map(", retry after "::concat).orElse("");
  }
}
