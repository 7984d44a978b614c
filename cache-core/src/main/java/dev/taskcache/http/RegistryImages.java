package dev.taskcache.http;

import com.google.common.cache.CacheBuilder;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageNotResolvedException;
import dev.taskcache.key.ImageRef;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Asks registries which image a tag means now, by the OCI distribution specification 1.1: the tag's
 * manifest or index, whose digest identifies the image for all platforms.
 *
 * <p>Names are read as Docker reads them: {@code alpine} is {@code library/alpine:latest} of Docker
 * Hub, {@code localhost:5000/train:2} is of the registry {@code localhost:5000}. What a registry
 * says is the digest is checked against the content, once for each image. It remembers no tag; put
 * {@link #rememberedPerRun} around it. One that cannot be resolved is an {@link
 * ImageNotResolvedException}, never a guess, and is asked for again by the next caller.
 *
 * <p>Threads and connections are those of the caller's client, as are TLS and proxies. Thread-safe.
 */
public final class RegistryImages implements ImageDigestResolver {
  private static final int MOST_VERIFIED = 10_000;

  private final HttpClient client;
  private final Map<String, URI> addresses;
  private final Function<String, Optional<RegistryLogin>> logins;
  private final Duration timeout;
  private final Set<String> verified =
      Collections.newSetFromMap(
          CacheBuilder.newBuilder().maximumSize(MOST_VERIFIED).<String, Boolean>build().asMap());

  private RegistryImages(Builder builder) {
    client = builder.client;
    addresses = Map.copyOf(builder.addresses);
    logins = builder.logins;
    timeout = builder.timeout;
  }

  /**
   * Begins a resolver.
   *
   * @param client what asks; it follows no redirects, which are followed here without passing
   *     credentials on; the caller closes it
   * @return a builder
   * @throws IllegalArgumentException if it follows redirects
   */
  public static Builder builder(HttpClient client) {
    return new Builder(Exchange.check(client));
  }

  /**
   * Asks the image's registry.
   *
   * @param reference for instance {@code python:3.11}; one with a digest is not asked for
   * @return the digest, never empty
   * @throws ImageNotResolvedException if the registry does not say it, or this thread is
   *     interrupted
   */
  @Override
  public Optional<String> resolve(String reference) {
    if (ImageRef.parse(reference) instanceof ImageRef.Digest known) {
      return Optional.of(known.digest());
    }
    ImageName image = ImageName.parse(reference);
    URI address =
        addresses.getOrDefault(image.registry(), URI.create("https://" + image.registry()));
    RegistryLookup lookup =
        new RegistryLookup(client, image, address, logins, Deadline.in(timeout), verified);
    return Optional.of(lookup.digest());
  }

  /** Collects what a resolver needs. Not thread-safe. */
  public static final class Builder {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Map<String, URI> addresses = new HashMap<>();
    private Function<String, Optional<RegistryLogin>> logins = registry -> Optional.empty();
    private Duration timeout = TIMEOUT;

    private Builder(HttpClient client) {
      this.client = client;
      addresses.put(ImageName.DOCKER_HUB, URI.create("https://registry-1.docker.io"));
    }

    /**
     * Sets where a registry is reached, if that is not {@code https://} and its name: a mirror, or
     * one that speaks plain HTTP.
     *
     * @param registry as it stands in names, for instance {@code localhost:5000}; {@code docker.io}
     *     for Docker Hub
     * @param address http or https; a path goes before {@code /v2/}
     * @return this builder
     * @throws IllegalArgumentException if it is no such address
     */
    public Builder address(String registry, URI address) {
      if (!Call.isWeb(address) || address.getQuery() != null || address.getFragment() != null) {
        throw new IllegalArgumentException(
            address + " is no address of a registry; write it as in http://localhost:5000");
      }
      addresses.put(registry, address);
      return this;
    }

    /**
     * Sets who this is for registries that ask; unless it is set nobody in particular.
     *
     * @param logins login by registry, as it stands in names, {@code docker.io} for Docker Hub;
     *     empty for nobody in particular. Asked on the caller's thread when a registry asks
     * @return this builder
     */
    public Builder logins(Function<String, Optional<RegistryLogin>> logins) {
      this.logins = logins;
      return this;
    }

    /**
     * Sets how long one look-up may take, with all that belongs to it; 10 seconds unless set.
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
     * Builds the resolver.
     *
     * @return the resolver
     */
    public RegistryImages build() {
      return new RegistryImages(this);
    }
  }
}
