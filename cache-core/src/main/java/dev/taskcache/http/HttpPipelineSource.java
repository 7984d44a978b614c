package dev.taskcache.http;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pipelines on a server that answers as {@code docs/pipeline-source.md} says, over HTTP or HTTPS.
 *
 * <p>A list that has not changed since it was asked for last is not sent again ({@code ETag},
 * {@code If-None-Match}); of the lists with an {@code ETag} it remembers those of 100,000 versions.
 * 404 and 410 are a pipeline without versions, or a version that does not exist. Every other
 * status, an answer that is too long, is cut off, comes too late, or is not what was asked for, is
 * an {@link IOException} that names the address, what came, and what to do. Of what a server sends,
 * members that are unknown here are ignored, and a state that is unknown here counts as {@link
 * VersionState#PENDING}.
 *
 * <p>Threads and connections are those of the caller's client, as are TLS and proxies. Redirects
 * are followed here; another server gets no token. Thread-safe.
 */
public final class HttpPipelineSource implements PipelineSource {
  private static final int NOT_MODIFIED = 304;
  private static final int GONE = 410;
  private static final int MOST_REMEMBERED = 100_000;

  /** As RFC 9110 has it, of visible characters, and short enough to be sent with each request. */
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[!#-~]{0,1000}\"");

  private final SourceServer server;
  private final Cache<String, Listed> remembered =
      CacheBuilder.newBuilder()
          .concurrencyLevel(1) // The weight is shared out among so many parts.
          .maximumWeight(MOST_REMEMBERED)
          .<String, Listed>weigher((pipeline, listed) -> listed.versions().size() + 1)
          .build();

  /** A list, and what the server calls it. */
  private record Listed(String tag, List<PipelineVersion> versions) {}

  private HttpPipelineSource(Builder builder) {
    server =
        new SourceServer(
            builder.client,
            builder.base,
            builder.token,
            builder.timeout,
            builder.mostBytes,
            BoundedBody.NOTHING);
  }

  /**
   * Begins a source.
   *
   * @param client what asks; it follows no redirects, which are followed here without passing the
   *     token on; the caller closes it
   * @param base http or https, with a path if need be, before {@code /pipelines/}
   * @return a builder
   * @throws IllegalArgumentException if the client follows redirects, or the base is no such
   *     address, or has a user, query or fragment
   */
  public static Builder builder(HttpClient client, URI base) {
    return new Builder(Exchange.check(client), SourceServer.check(base));
  }

  /**
   * The address of the server.
   *
   * @return as it was given, without a slash at its end
   */
  @Override
  public String name() {
    return server.base().toString();
  }

  @Override
  public List<PipelineVersion> versions(String pipeline) throws IOException, InterruptedException {
    String path = path(pipeline);
    if (path == null) {
      return List.of();
    }
    Listed before = remembered.getIfPresent(pipeline);
    Reply reply =
        server.get(
            path,
            before == null
                ? Map.of("Accept", "application/json")
                : Map.of("Accept", "application/json", "If-None-Match", before.tag()),
            server.begin());
    if (reply.status() == NOT_MODIFIED && before != null) {
      return before.versions();
    }
    remembered.invalidate(pipeline);
    if (isMissing(reply)) {
      return List.of();
    }
    reply.check();
    List<PipelineVersion> versions;
    try {
      versions = VersionAnswers.list(pipeline, reply.body());
    } catch (IOException e) {
      throw reply.unusable(e);
    }
    reply
        .header("etag")
        .filter(tag -> ETAG.matcher(tag).matches())
        .ifPresent(tag -> remembered.put(pipeline, new Listed(tag, versions)));
    return versions;
  }

  @Override
  public Optional<PipelineVersion> version(String pipeline, String id)
      throws IOException, InterruptedException {
    String path = path(pipeline, id);
    if (path == null) {
      return Optional.empty();
    }
    Reply reply = server.get(path, Map.of("Accept", "application/json"), server.begin());
    if (isMissing(reply)) {
      return Optional.empty();
    }
    reply.check();
    try {
      PipelineVersion version = VersionAnswers.one(pipeline, reply.body());
      if (!version.id().equals(id)) {
        throw new IOException("id: is \"" + version.id() + "\"");
      }
      return Optional.of(version);
    } catch (IOException e) {
      throw reply.unusable(e);
    }
  }

  @Override
  public byte[] load(PipelineVersion version) throws IOException, InterruptedException {
    String path = path(version.pipeline(), version.id());
    if (path == null) {
      throw new IOException(
          name() + ": no version can be called \"" + version.id() + "\"; ask for its versions");
    }
    Reply reply = server.get(path + "/content", Map.of(), server.begin());
    if (isMissing(reply)) {
      throw reply.failure(
          "has this version no more (" + reply.status() + "); list the versions again", null);
    }
    reply.check();
    return Reply.content(reply.call(), version, reply.body());
  }

  private static boolean isMissing(Reply reply) {
    return reply.status() == SourceServer.NOT_FOUND || reply.status() == GONE;
  }

  /** Where a pipeline's versions are; null if no path can lead there. */
  private static @Nullable String path(String pipeline) {
    String name = SourceServer.encoded(pipeline);
    return name == null ? null : "/pipelines/" + name + "/versions";
  }

  private static @Nullable String path(String pipeline, String id) {
    String versions = path(pipeline);
    String name = SourceServer.encoded(id);
    return versions == null || name == null ? null : versions + "/" + name;
  }

  /** Collects what a source needs. Not thread-safe. */
  public static final class Builder {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 8 << 20;

    private final HttpClient client;
    private final URI base;
    private @Nullable Supplier<String> token;
    private Duration timeout = TIMEOUT;
    private long mostBytes = MOST_BYTES;

    private Builder(HttpClient client, URI base) {
      this.client = client;
      this.base = base;
    }

    /**
     * Sets the bearer token that each request carries; none unless set.
     *
     * @param token gives it, for each request anew, on the thread that asks; what it throws is an
     *     {@link IOException} of the source
     * @return this builder
     */
    public Builder token(Supplier<String> token) {
      this.token = token;
      return this;
    }

    /**
     * Sets how long an answer may take, to its last byte; 10 seconds unless set.
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
     * Sets how long a list or a definition may be; 8 MiB unless set.
     *
     * @param bytes one or more
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    public Builder mostBytes(long bytes) {
      this.mostBytes = SourceServer.checkBytes(bytes);
      return this;
    }

    /**
     * Builds the source.
     *
     * @return the source
     */
    public HttpPipelineSource build() {
      return new HttpPipelineSource(this);
    }
  }
}
