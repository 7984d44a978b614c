package dev.taskcache.policy;

import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a task is to be cached, as far as one place says it: what is not set is left to others.
 * Immutable and thread-safe.
 */
public final class CachingOptions {
  /** Says nothing. */
  public static final CachingOptions NONE = builder().build();

  private final @Nullable Mode mode;
  private final @Nullable Duration maxAge;
  private final @Nullable String version;
  private final @Nullable CachePolicy policy;
  private final @Nullable Set<String> ignoredInputs;
  private final @Nullable String customKey;
  private final @Nullable Boolean waitForRunning;
  private final @Nullable Verification verification;
  private final @Nullable Trust trust;
  private final @Nullable Boolean failOnStoreFailure;

  private CachingOptions(Builder builder) {
    mode = builder.mode;
    maxAge = builder.maxAge;
    version = builder.version;
    policy = builder.policy;
    ignoredInputs = builder.ignoredInputs == null ? null : Set.copyOf(builder.ignoredInputs);
    customKey = builder.customKey;
    waitForRunning = builder.waitForRunning;
    verification = builder.verification;
    trust = builder.trust;
    failOnStoreFailure = builder.failOnStoreFailure;
  }

  /**
   * Begins options that say nothing yet.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * What the task may do with the cache.
   *
   * @return empty if that is left to others
   */
  public Optional<Mode> mode() {
    return Optional.ofNullable(mode);
  }

  /**
   * How old a result may be that is reused, by the store's clock.
   *
   * @return zero for never reused; empty if that is left to others
   */
  public Optional<Duration> maxAge() {
    return Optional.ofNullable(maxAge);
  }

  /**
   * Which version of the code.
   *
   * @return empty if that is left to others
   */
  public Optional<String> version() {
    return Optional.ofNullable(version);
  }

  /**
   * What else identifies the code.
   *
   * @return empty if that is left to others
   */
  public Optional<CachePolicy> policy() {
    return Optional.ofNullable(policy);
  }

  /**
   * Which inputs do not count.
   *
   * @return empty if that is left to others
   */
  public Optional<Set<String>> ignoredInputs() {
    return Optional.ofNullable(ignoredInputs);
  }

  /**
   * A key that stands for component and inputs.
   *
   * @return empty if that is left to others
   */
  public Optional<String> customKey() {
    return Optional.ofNullable(customKey);
  }

  /**
   * Whether to wait for another's run of the same task, or to run it, too.
   *
   * @return empty if that is left to others
   */
  public Optional<Boolean> waitForRunning() {
    return Optional.ofNullable(waitForRunning);
  }

  /**
   * How closely artifacts are looked at.
   *
   * @return empty if that is left to others
   */
  public Optional<Verification> verification() {
    return Optional.ofNullable(verification);
  }

  /**
   * Whose entries are served.
   *
   * @return empty if that is left to others
   */
  public Optional<Trust> trust() {
    return Optional.ofNullable(trust);
  }

  /**
   * Whether a store that fails is an exception, and not a miss.
   *
   * @return empty if that is left to others
   */
  public Optional<Boolean> failOnStoreFailure() {
    return Optional.ofNullable(failOnStoreFailure);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {
    private @Nullable Mode mode;
    private @Nullable Duration maxAge;
    private @Nullable String version;
    private @Nullable CachePolicy policy;
    private @Nullable Set<String> ignoredInputs;
    private @Nullable String customKey;
    private @Nullable Boolean waitForRunning;
    private @Nullable Verification verification;
    private @Nullable Trust trust;
    private @Nullable Boolean failOnStoreFailure;

    private Builder() {}

    /**
     * Sets what the task may do with the cache.
     *
     * @param mode the mode
     * @return this builder
     */
    public Builder mode(Mode mode) {
      this.mode = mode;
      return this;
    }

    /**
     * Sets how old a result may be that is reused.
     *
     * @param age by the store's clock; zero never reuses, but still writes
     * @return this builder
     * @throws InvalidRequestException if it is negative
     */
    public Builder maxAge(Duration age) {
      if (age.isNegative()) {
        throw new InvalidRequestException(
            Place.of("maxAge"), "is " + age + "; give zero or more, as in P7D or PT12H");
      }
      this.maxAge = age;
      return this;
    }

    /**
     * Sets the same from text.
     *
     * @param iso8601 a duration of ISO 8601 in days and smaller, for instance {@code P7D}
     * @return this builder
     * @throws InvalidRequestException if it is none, or negative
     */
    public Builder maxAge(String iso8601) {
      try {
        return maxAge(Duration.parse(iso8601));
      } catch (DateTimeParseException e) {
        throw new InvalidRequestException(
            Place.of("maxAge"),
            "\""
                + iso8601
                + "\" is no duration; write it as in P7D, PT12H or P1DT6H: years and months have"
                + " no fixed length",
            e);
      }
    }

    /**
     * Sets the version of the code.
     *
     * @param version not empty
     * @return this builder
     * @throws InvalidRequestException if it is empty
     */
    public Builder version(String version) {
      this.version = notEmpty("version", version);
      return this;
    }

    /**
     * Sets what else identifies the code.
     *
     * @param policy the policy; replaces one that was set before
     * @return this builder
     */
    public Builder policy(CachePolicy policy) {
      this.policy = policy;
      return this;
    }

    /**
     * Sets which inputs do not count.
     *
     * @param names of given or declared inputs
     * @return this builder
     */
    public Builder ignoredInputs(Collection<String> names) {
      this.ignoredInputs = new TreeSet<>(names);
      return this;
    }

    /**
     * Sets a key that stands for component and inputs.
     *
     * @param key not empty; it counts within namespace and component
     * @return this builder
     * @throws InvalidRequestException if it is empty
     */
    public Builder customKey(String key) {
      this.customKey = notEmpty("customKey", key);
      return this;
    }

    /**
     * Sets whether to wait for another's run of the same task.
     *
     * @param wait false to run it, too
     * @return this builder
     */
    public Builder waitForRunning(boolean wait) {
      this.waitForRunning = wait;
      return this;
    }

    /**
     * Sets how closely artifacts are looked at.
     *
     * @param verification needs an {@link ArtifactVerifier} unless it is {@link Verification#NONE}
     * @return this builder
     */
    public Builder verification(Verification verification) {
      this.verification = verification;
      return this;
    }

    /**
     * Sets whose entries are served.
     *
     * @param trust unless some level sets it, a signature is required in namespaces for which the
     *     cache was given keys, and nowhere else
     * @return this builder
     */
    public Builder trust(Trust trust) {
      this.trust = trust;
      return this;
    }

    /**
     * Sets whether a store that fails is an exception for the caller.
     *
     * @param fail false to run the task without the store
     * @return this builder
     */
    public Builder failOnStoreFailure(boolean fail) {
      this.failOnStoreFailure = fail;
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options
     * @throws InvalidRequestException if they contradict each other
     */
    public CachingOptions build() {
      if (mode == Mode.OFF && maxAge != null) {
        throw new InvalidRequestException(
            Place.of("mode"),
            "is OFF, which reuses nothing, beside a maximum age of what is reused; leave that out, or"
                + " give another mode");
      } else if (customKey != null && ignoredInputs != null) {
        throw new InvalidRequestException(
            Place.of("customKey"),
            "stands for all inputs, so none can be ignored beside it; leave one of both out");
      }
      return new CachingOptions(this);
    }

    private static String notEmpty(String field, String text) {
      if (text.isEmpty()) {
        throw new InvalidRequestException(Place.of(field), "is empty; leave it out instead");
      }
      return text;
    }
  }
}
