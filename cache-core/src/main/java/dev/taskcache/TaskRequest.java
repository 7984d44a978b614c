package dev.taskcache;

import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.KeyOptions;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.Place;
import dev.taskcache.key.TaskKey;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Layer;
import dev.taskcache.policy.Mode;
import dev.taskcache.policy.NotCached;
import dev.taskcache.policy.ResolvedOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task that is to be looked up or run: a component with inputs, in a namespace. Immutable and
 * thread-safe.
 */
public final class TaskRequest {
  /** The namespace of requests that name none. */
  public static final String DEFAULT_NAMESPACE = "default";

  private final String namespace;
  private final ComponentSpec component;
  private final InputValue.MapValue inputs;
  private final @Nullable OutputSchema outputs;
  private final KeyOptions options;
  private final TaskIdentity identity;
  private final @Nullable NotCached notCached;
  private final @Nullable CachePolicy policy;
  private final Layers layers;
  private volatile Layers.@Nullable Resolved resolved;

  private TaskRequest(Builder builder) {
    this.namespace = builder.namespace;
    this.component = builder.component;
    this.inputs = new InputValue.MapValue(builder.inputs);
    this.outputs = builder.outputs;
    this.layers = Layers.of(builder.layers);
    this.policy = layers.last(CachingOptions::policy, null);
    Set<String> ignored =
        layers.last(
            CachingOptions::ignoredInputs, builder.ignored.isEmpty() ? null : builder.ignored);
    this.options =
        new KeyOptions(
            layers.last(CachingOptions::version, builder.version),
            builder.policies,
            layers.last(CachingOptions::customKey, builder.custom),
            ignored == null ? Set.of() : ignored);
    this.identity = builder.identity;
    this.notCached = builder.notCached;
  }

  /**
   * Begins a request.
   *
   * @param component what would run
   * @return a builder
   */
  public static Builder builder(ComponentSpec component) {
    return new Builder(component);
  }

  /**
   * Reads a request from JSON ({@code docs/key-format.md}, section 8).
   *
   * @param json one JSON object
   * @return the request
   * @throws InvalidRequestException if it is not JSON, or not a request; with the path
   */
  public static TaskRequest fromJson(String json) {
    return TaskRequestJson.read(json);
  }

  /**
   * The key of this request, as every decision computes it.
   *
   * @param resolver what resolves the component's image where that is a tag
   * @return the key, and what went into it
   * @throws NotCacheableException if the request must not be cached; with the reason
   * @throws InvalidRequestException if an input does not fit its declaration
   */
  public TaskKey key(ImageDigestResolver resolver) {
    return KeyDerivation.derive(this, outputs == null ? OutputSchema.NONE : outputs, resolver);
  }

  /**
   * Whose results these are; requests in different namespaces never meet.
   *
   * @return the namespace
   */
  public String namespace() {
    return namespace;
  }

  /**
   * What would run.
   *
   * @return the component
   */
  public ComponentSpec component() {
    return component;
  }

  /**
   * The inputs as given.
   *
   * @return value by name
   */
  public InputValue.MapValue inputs() {
    return inputs;
  }

  /**
   * The output schema.
   *
   * @return empty if it comes from the result's type, or there are no outputs
   */
  public Optional<OutputSchema> outputs() {
    return Optional.ofNullable(outputs);
  }

  /**
   * Version, policies, custom key, ignored inputs.
   *
   * @return the options
   */
  public KeyOptions options() {
    return options;
  }

  /**
   * What else identifies the code.
   *
   * @return empty if nothing does
   */
  public Optional<CachePolicy> policy() {
    return Optional.ofNullable(policy);
  }

  /** The options that apply to what it finds in another namespace. */
  ResolvedOptions options(Administration by, String source) {
    return by.resolve(namespace, source, layers.sorted());
  }

  /** The options that apply in a cache. */
  ResolvedOptions options(Administration by) {
    Layers.Resolved before = resolved;
    if (before != null && before.by() == by) {
      return before.options();
    }
    ResolvedOptions now = by.resolve(namespace, layers.sorted());
    resolved = new Layers.Resolved(by, now);
    return now;
  }

  /**
   * Who asks.
   *
   * @return the identity, for explanations only
   */
  public TaskIdentity identity() {
    return identity;
  }

  /**
   * Whether, and why, this request must not be cached whatever its key.
   *
   * @return empty if it may be cached
   */
  public Optional<NotCached> notCached() {
    return Optional.ofNullable(notCached);
  }

  /** Collects a request's fields. Not thread-safe. */
  public static final class Builder {
    private static final Place INPUTS = Place.of("inputs");
    private static final CachingOptions OFF = CachingOptions.builder().mode(Mode.OFF).build();
    private static final CachingOptions NEVER_REUSED =
        CachingOptions.builder().maxAge(Duration.ZERO).build();

    private final ComponentSpec component;
    private final Map<String, InputValue> inputs = new HashMap<>();
    private final Map<String, InputValue> policies = new HashMap<>();
    private final Set<String> ignored = new HashSet<>();
    private String namespace = DEFAULT_NAMESPACE;
    private @Nullable OutputSchema outputs;
    private @Nullable String version;
    private @Nullable String custom;
    private TaskIdentity identity = TaskIdentity.UNKNOWN;
    private @Nullable NotCached notCached;
    private final List<Layer> layers = new ArrayList<>();

    private Builder(ComponentSpec component) {
      this.component = component;
    }

    /**
     * Sets the namespace; {@link #DEFAULT_NAMESPACE} unless set.
     *
     * @param namespace not empty
     * @return this builder
     */
    public Builder namespace(String namespace) {
      if (namespace.isEmpty()) {
        throw new InvalidRequestException(Place.of("namespace"), "must not be empty; leave it out");
      }
      this.namespace = namespace;
      return this;
    }

    /**
     * Sets an input. The value is copied now. One that cannot be encoded makes the request {@link
     * Reason#KEY_FAILED}: the task still runs, and is not cached.
     *
     * @param name the input's name, not empty
     * @param value any object that {@link InputValue#of} knows; null is the value null
     * @return this builder
     */
    public Builder input(String name, @Nullable Object value) {
      try {
        inputs.put(name, InputValue.of(value, INPUTS.field(name)));
      } catch (InvalidRequestException e) {
        notCached = new NotCached(Reason.KEY_FAILED, String.valueOf(e.getMessage()));
      }
      return this;
    }

    /**
     * Sets several inputs, as {@link #input} does.
     *
     * @param inputs value by name
     * @return this builder
     */
    public Builder inputs(Map<String, ?> inputs) {
      inputs.forEach(this::input);
      return this;
    }

    /**
     * Sets the output schema; unless it is set it comes from the result's type.
     *
     * @param outputs names and types
     * @return this builder
     */
    public Builder outputs(OutputSchema outputs) {
      this.outputs = outputs;
      return this;
    }

    /**
     * Sets the version of the code: change it when the same inputs give other results.
     *
     * @param version any text, not empty
     * @return this builder
     */
    public Builder version(String version) {
      this.version = version;
      return this;
    }

    /**
     * Adds what a named policy contributes to the key.
     *
     * @param name the policy's name, not empty
     * @param value what it contributes; as for {@link #input}
     * @return this builder
     */
    public Builder policy(String name, @Nullable Object value) {
      try {
        policies.put(name, InputValue.of(value, Place.of("policies").field(name)));
      } catch (InvalidRequestException e) {
        notCached = new NotCached(Reason.KEY_FAILED, String.valueOf(e.getMessage()));
      }
      return this;
    }

    /**
     * Sets a key that stands for component and inputs.
     *
     * @param custom any text, not empty; it counts within the component's name
     * @return this builder
     */
    public Builder customKey(String custom) {
      this.custom = custom;
      return this;
    }

    /**
     * Leaves inputs out of the key.
     *
     * @param names names of given or declared inputs
     * @return this builder
     */
    public Builder ignoringInputs(Collection<String> names) {
      ignored.addAll(names);
      return this;
    }

    /**
     * Sets how the task is to be cached, at the level of the task.
     *
     * @param options the options
     * @return this builder
     */
    public Builder options(CachingOptions options) {
      return options(Level.TASK, "the request", options);
    }

    /**
     * Sets how the task is to be cached, as somebody wants it. Of all levels that set an option the
     * most specific one wins, of one level the last call; the options of a pipeline are to be given
     * for every task in it, also for those of pipelines inside it, from the outermost to the
     * innermost.
     *
     * @param level whose options these are
     * @param where where they were set, for explanations
     * @param options the options
     * @return this builder
     */
    public Builder options(Level level, String where, CachingOptions options) {
      layers.add(new Layer(level, where, options));
      return this;
    }

    /**
     * Says that the task changes the world, so that it is not cached unless some level sets a mode.
     *
     * @return this builder
     */
    public Builder sideEffects() {
      return options(Level.LIBRARY, "the task has side effects", OFF);
    }

    /**
     * Says that the task may give other results when it runs again, so that its results are stored
     * but not reused, unless some level sets a maximum age.
     *
     * @return this builder
     */
    public Builder notReproducible() {
      return options(Level.LIBRARY, "the task is not reproducible", NEVER_REUSED);
    }

    /**
     * Says who asks.
     *
     * @param identity for explanations only
     * @return this builder
     */
    public Builder identity(TaskIdentity identity) {
      this.identity = identity;
      return this;
    }

    /**
     * Says that the task must not be cached, and why.
     *
     * @param finding the reason and where it comes from
     * @return this builder
     */
    public Builder notCached(NotCached finding) {
      this.notCached = finding;
      return this;
    }

    /**
     * Builds the request.
     *
     * @return the request
     * @throws InvalidRequestException if it may be cached but nothing says which code runs (no
     *     image, version or policy), a text is empty, or there is a custom key but no component
     *     name
     */
    public TaskRequest build() {
      TaskRequest request = new TaskRequest(this);
      if (notCached == null && request.policy == null) {
        TaskKey.check(component, component.image().orElse(null), request.options);
      }
      return request;
    }
  }
}
