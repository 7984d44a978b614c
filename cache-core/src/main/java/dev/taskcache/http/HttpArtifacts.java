package dev.taskcache.http;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.InputValue;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.policy.Verification;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks at artifacts on web servers: those with an {@code http:} or {@code https:} URI. All others
 * are believed.
 *
 * <p>At {@link Verification#EXISTS} and {@link Verification#SIZE} each is asked for with HEAD, or
 * with GET where a server knows no HEAD: 404 and 410 are {@link Reason#OUTPUT_MISSING}; another
 * length than the artifact's metadata says, and at {@code SIZE} another digest in {@code
 * Repr-Digest}, {@code Digest} or {@code Docker-Content-Digest}, are {@link Reason#OUTPUT_CHANGED}.
 * At {@link Verification#DIGEST} it is read with GET, all of it, and its SHA-256 or SHA-512
 * compared; nothing is kept. Any other answer, or none in time, is {@link
 * Reason#VERIFICATION_FAILED}.
 *
 * <p>Several artifacts are asked for at once, on the threads and connections of the caller's
 * client. Thread-safe.
 */
public final class HttpArtifacts implements ArtifactVerifier {
  private final HttpClient client;
  private final Function<URI, Map<String, String>> headers;
  private final Duration timeout;
  private final HttpLook.Limits limits;
  private final int atOnce;

  private HttpArtifacts(Builder builder) {
    client = builder.client;
    headers = builder.headers;
    timeout = builder.timeout;
    limits = new HttpLook.Limits(builder.mostBytes, builder.believing);
    atOnce = builder.atOnce;
  }

  /**
   * Begins a verifier.
   *
   * @param client what asks; it follows no redirects, which are followed here without passing
   *     headers on; the caller closes it
   * @return a builder
   * @throws IllegalArgumentException if it follows redirects
   */
  public static Builder builder(HttpClient client) {
    return new Builder(Exchange.check(client));
  }

  @Override
  public Optional<Fault> verify(List<InputValue.Artifact> artifacts, Verification level) {
    Deadline deadline = Deadline.in(timeout);
    Set<InputValue.Artifact> known = new LinkedHashSet<>();
    artifacts.stream().filter(each -> isWeb(each.uri())).forEach(known::add);
    Deque<HttpLook> underWay = new ArrayDeque<>();
    try {
      for (InputValue.Artifact each : known) {
        if (underWay.size() == atOnce) {
          Optional<Fault> fault = underWay.remove().fault();
          if (fault.isPresent()) {
            return fault;
          }
        }
        underWay.add(look(each, level, deadline));
      }
      while (!underWay.isEmpty()) {
        Optional<Fault> fault = underWay.remove().fault();
        if (fault.isPresent()) {
          return fault;
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(Fault.unknown("an artifact cannot be asked for: " + e.getMessage()));
    } finally {
      underWay.forEach(HttpLook::cancel);
    }
  }

  private HttpLook look(InputValue.Artifact artifact, Verification level, Deadline deadline) {
    URI uri = URI.create(String.valueOf(artifact.uri()));
    return new HttpLook(client, artifact, headers.apply(uri), level, limits, deadline);
  }

  private static boolean isWeb(@Nullable String uri) {
    String lower = uri == null ? "" : uri.toLowerCase(Locale.ROOT);
    return lower.startsWith("http:") || lower.startsWith("https:");
  }

  /** Collects what a verifier needs. Not thread-safe. */
  public static final class Builder {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long MOST_BYTES = 1L << 30;
    private static final int AT_ONCE = 16;

    private final HttpClient client;
    private Function<URI, Map<String, String>> headers = uri -> Map.of();
    private Duration timeout = TIMEOUT;
    private long mostBytes = MOST_BYTES;
    private int atOnce = AT_ONCE;
    private boolean believing;

    private Builder(HttpClient client) {
      this.client = client;
    }

    /**
     * Sets what each request carries, such as {@code Authorization}; nothing unless set.
     *
     * @param headers value by name for an artifact's URI; another server that it redirects to does
     *     not get them
     * @return this builder
     */
    public Builder headers(Function<URI, Map<String, String>> headers) {
      this.headers = headers;
      return this;
    }

    /**
     * Sets how long all artifacts of one decision may take together; 30 seconds unless set.
     *
     * @param timeout a millisecond or more
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    public Builder timeout(Duration timeout) {
      this.timeout = Deadline.check(timeout);
      return this;
    }

    /**
     * Sets how much is read of one artifact to compare its digest; 1 GiB unless set. A larger one
     * is {@link Reason#VERIFICATION_FAILED}.
     *
     * @param bytes zero or more
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    public Builder mostBytes(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("at most " + bytes + " bytes; give zero or more");
      }
      this.mostBytes = bytes;
      return this;
    }

    /**
     * Sets how many artifacts of one decision are asked for at once; 16 unless set.
     *
     * @param requests one or more
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    public Builder atOnce(int requests) {
      if (requests < 1) {
        throw new IllegalArgumentException(requests + " requests at once; give one or more");
      }
      this.atOnce = requests;
      return this;
    }

    /**
     * Believes a server that says the expected digest in {@code Repr-Digest}, {@code Digest},
     * {@code Docker-Content-Digest} or {@code ETag}, and reads only what it says nothing of: for
     * servers that compute digests of what they have, not of what they were given once.
     *
     * @return this builder
     */
    public Builder believingDigests() {
      this.believing = true;
      return this;
    }

    /**
     * Builds the verifier.
     *
     * @return the verifier
     */
    public HttpArtifacts build() {
      return new HttpArtifacts(this);
    }
  }
}
