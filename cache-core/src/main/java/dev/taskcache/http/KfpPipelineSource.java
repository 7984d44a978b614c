package dev.taskcache.http;

import dev.taskcache.kfp.KfpPipeline;
import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pipelines of a Kubeflow Pipelines server, by its API {@code v2beta1}.
 *
 * <p>A pipeline is named as people name it there, by its display name, unless {@link
 * Builder#pipelineIds} is set. A version's id is its {@code pipeline_version_id}; its number is its
 * display name, or else its name, if that is one after semver.org. All that are listed are {@link
 * VersionState#READY}, except those that the server lists with an error, or without a definition:
 * these are left out. What is loaded is {@link KfpPipeline#text} of {@code pipeline_spec}, and the
 * digest is that text's, the same whichever release of Kubeflow answers.
 *
 * <p>A pipeline or version that the API does not know (404 with code 5) is one that does not exist;
 * every other failure is an {@link IOException} that names the address, what came, and what to do,
 * as is a name that two pipelines have, or a list without an end.
 *
 * <p>Threads and connections are those of the caller's client, as are TLS and proxies. Redirects
 * are followed here; another server gets no token. Thread-safe.
 */
public final class KfpPipelineSource implements PipelineSource {
  private static final long MOST_ERROR_BYTES = 1 << 16;

  private final KfpServer server;

  private KfpPipelineSource(Builder builder) {
    server =
        new KfpServer(
            new SourceServer(
                builder.client,
                builder.base,
                builder.token,
                builder.timeout,
                builder.mostBytes,
                MOST_ERROR_BYTES),
            builder.namespace,
            builder.pageSize,
            builder.pipelineIds);
  }

  /**
   * Begins a source.
   *
   * @param client what asks; it follows no redirects, which are followed here without passing the
   *     token on; the caller closes it
   * @param base http or https; a path goes before {@code /apis/v2beta1/}, as in {@code
   *     https://kubeflow.example/pipeline}
   * @return a builder
   * @throws IllegalArgumentException if the client follows redirects, or the base is no such
   *     address, or has a user, query or fragment
   */
  public static Builder builder(HttpClient client, URI base) {
    return new Builder(Exchange.check(client), SourceServer.check(base));
  }

  /**
   * The address of the server, and the namespace.
   *
   * @return for instance {@code https://kubeflow.example/pipeline?namespace=team-a}
   */
  @Override
  public String name() {
    return server.name();
  }

  @Override
  public List<PipelineVersion> versions(String pipeline) throws IOException, InterruptedException {
    Deadline deadline = server.begin();
    String id = server.pipelineId(pipeline, deadline);
    if (id == null) {
      return List.of();
    }
    Map<String, PipelineVersion> versions = new LinkedHashMap<>();
    for (PipelineVersion each : server.versions(pipeline, id, deadline)) {
      PipelineVersion other = versions.put(each.id(), each);
      if (other != null && !other.equals(each)) { // Pages may overlap, but not differ.
        throw new IOException(
            name() + ": version " + each.id() + " is listed twice, as two; tell its operator");
      }
    }
    return List.copyOf(versions.values());
  }

  @Override
  public Optional<PipelineVersion> version(String pipeline, String id)
      throws IOException, InterruptedException {
    return Optional.ofNullable(server.version(pipeline, id)).map(found -> found.of(pipeline));
  }

  @Override
  public byte[] load(PipelineVersion version) throws IOException, InterruptedException {
    KfpVersion found = server.version(version.pipeline(), version.id());
    if (found == null) {
      throw new IOException(
          name()
              + ": version "
              + version.id()
              + " of pipeline \""
              + version.pipeline()
              + "\" is not there any more; list the versions again");
    }
    return Reply.content(name(), version, found.content());
  }

  /** Collects what a source needs. Not thread-safe. */
  public static final class Builder {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long MOST_BYTES = 32 << 20;
    private static final int PAGE_SIZE = 50;
    private static final int LARGEST_PAGE = 200;

    private final HttpClient client;
    private final URI base;
    private @Nullable Supplier<String> token;
    private Duration timeout = TIMEOUT;
    private long mostBytes = MOST_BYTES;
    private String namespace = "";
    private int pageSize = PAGE_SIZE;
    private boolean pipelineIds;

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
     * Sets whose pipelines are meant, where a server has several users; those that all share unless
     * set.
     *
     * @param namespace a namespace of Kubernetes; not empty
     * @return this builder
     * @throws IllegalArgumentException if it is empty
     */
    public Builder namespace(String namespace) {
      if (namespace.isBlank()) {
        throw new IllegalArgumentException(
            "a namespace may not be empty; leave it out for the pipelines that all share");
      }
      this.namespace = namespace;
      return this;
    }

    /**
     * Takes names of pipelines for their {@code pipeline_id}: saves one request for each question,
     * and is the only way to pipelines that share a display name.
     *
     * @return this builder
     */
    public Builder pipelineIds() {
      this.pipelineIds = true;
      return this;
    }

    /**
     * Sets how long all requests of one question may take together, to the last byte; 30 seconds
     * unless set.
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
     * Sets how long one page of a list, definitions and all, may be; 32 MiB unless set.
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
     * Sets how many versions are asked for at once; 50 unless set. A list may have 200 pages.
     *
     * @param versions 1 to 200
     * @return this builder
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder pageSize(int versions) {
      if (versions < 1 || versions > LARGEST_PAGE) {
        throw new IllegalArgumentException(
            "pages of " + versions + " versions; Kubeflow sends 1 to " + LARGEST_PAGE);
      }
      this.pageSize = versions;
      return this;
    }

    /**
     * Builds the source.
     *
     * @return the source
     */
    public KfpPipelineSource build() {
      return new KfpPipelineSource(this);
    }
  }
}
