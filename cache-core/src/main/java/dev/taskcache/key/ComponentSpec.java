package dev.taskcache.key;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What would run: a component's identity, command, environment and image.
 *
 * <p>Its document and digest are computed once, when it is built; keep one per component and use it
 * for every call. Immutable and thread-safe.
 */
public final class ComponentSpec {
  private static final Set<InputValue> EMPTY =
      Set.of(InputValue.of(""), new InputValue.ListValue(List.of()), InputValue.MapValue.EMPTY);

  private final @Nullable String name;
  private final @Nullable String label;
  private final @Nullable ImageRef image;
  private final Map<String, InputSpec> declaredInputs;
  private final InputValue.MapValue fields;
  private final byte[] document;
  private final byte[] digest;
  private final @Nullable CacheKey foreignKey;

  private ComponentSpec(Builder builder) {
    this.foreignKey = builder.foreignKey;
    this.name = builder.name;
    this.label = builder.label;
    this.image = builder.image;
    this.declaredInputs = Map.copyOf(builder.declaredInputs);
    // The document first: it is what refuses a text at its place.
    this.document = builder.document();
    this.fields = builder.fields();
    this.digest = Sha256.of(document);
  }

  /**
   * Begins a component.
   *
   * @return a builder without any field
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A component that is identified by its name alone; its requests give the version.
   *
   * @param name its identity, not empty; no two components may share it
   * @return the component
   */
  public static ComponentSpec named(String name) {
    return builder().name(name).build();
  }

  /**
   * What people call it.
   *
   * @return its name, else its label, else {@code (unnamed)}
   */
  public String displayName() {
    return scope().orElse("(unnamed)");
  }

  /**
   * The image that it runs in.
   *
   * @return empty if it has none
   */
  public Optional<ImageRef> image() {
    return Optional.ofNullable(image);
  }

  /**
   * The declared inputs.
   *
   * @return declaration by name; empty if any inputs are accepted as they are
   */
  public Map<String, InputSpec> declaredInputs() {
    return declaredInputs;
  }

  /**
   * The key that another system computed for a task of it.
   *
   * @return empty if keys are computed here
   */
  public Optional<CacheKey> foreignKey() {
    return Optional.ofNullable(foreignKey);
  }

  /**
   * The same component known by its name alone: command, environment, platform and image do not
   * count.
   *
   * @return a component with this one's name, or label, and declared inputs
   * @throws InvalidRequestException if it has neither name nor label
   */
  public ComponentSpec identityOnly() {
    String known =
        scope()
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        Place.of("component"), "has neither name nor label; give it one"));
    return builder().name(known).declaredInputs(declaredInputs()).build();
  }

  /**
   * The fields that it has, of those that are in its digest.
   *
   * @return some of {@code name}, {@code command}, {@code args}, {@code env}, {@code platform}
   */
  public Set<String> fields() {
    return fields.entries().entrySet().stream()
        .filter(field -> !EMPTY.contains(field.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a custom key is scoped by: the name, else the label. */
  Optional<String> scope() {
    return Optional.ofNullable(name).or(() -> Optional.ofNullable(label));
  }

  /** What a difference between two components is looked for in; values are never kept. */
  KeyParts.Part part() {
    return Places.ofValues(TaskKey.hex(digest), fields.entries(), false);
  }

  byte[] document() {
    return document;
  }

  byte[] digest() {
    return digest;
  }

  @Override
  public String toString() {
    return "component " + displayName();
  }

  /** Collects a component's fields; every one is optional. Not thread-safe. */
  public static final class Builder {
    private @Nullable String name;
    private @Nullable String label;
    private @Nullable ImageRef image;
    private List<String> command = List.of();
    private List<String> args = List.of();
    private final Map<String, EnvVar> env = new LinkedHashMap<>();
    private Map<String, InputValue> platform = Map.of();
    private Map<String, InputSpec> declaredInputs = Map.of();
    private @Nullable CacheKey foreignKey;

    private Builder() {}

    /**
     * Sets its identity, which is in the key: components that share a name must be the same.
     *
     * @param name the name; empty means none
     * @return this builder
     */
    public Builder name(String name) {
      this.name = name.isEmpty() ? null : Utf8.check(name, Place.of("component").field("name"));
      return this;
    }

    /**
     * Sets what people call it, which is not in the key.
     *
     * @param label the label; empty means none
     * @return this builder
     */
    public Builder label(String label) {
      this.label = label.isEmpty() ? null : Utf8.check(label, Place.of("component").field("label"));
      return this;
    }

    /**
     * Sets its image.
     *
     * @param image the image
     * @return this builder
     */
    public Builder image(ImageRef image) {
      this.image = image;
      return this;
    }

    /**
     * Sets its command, placeholders and all.
     *
     * @param command words in order, copied
     * @return this builder
     */
    public Builder command(List<String> command) {
      this.command = List.copyOf(command);
      return this;
    }

    /**
     * Sets its arguments, placeholders and all.
     *
     * @param args words in order, copied
     * @return this builder
     */
    public Builder args(List<String> args) {
      this.args = List.copyOf(args);
      return this;
    }

    /**
     * Sets its environment.
     *
     * @param env variables in order; of equal names only the last counts, at its own place
     * @return this builder
     */
    public Builder env(List<EnvVar> env) {
      this.env.clear();
      for (EnvVar variable : env) {
        this.env.remove(variable.name());
        this.env.put(variable.name(), variable);
      }
      return this;
    }

    /**
     * Sets what else changes its results: operating system, architecture, volumes, accelerators.
     *
     * @param platform value by name, copied
     * @return this builder
     */
    public Builder platform(Map<String, InputValue> platform) {
      Place place = Place.of("component").field("platform");
      platform.keySet().forEach(key -> Utf8.checkName(key, place, "a platform entry's name"));
      this.platform = Map.copyOf(platform);
      return this;
    }

    /**
     * Declares its inputs: others are refused, and values are brought to their types.
     *
     * @param inputs declaration by name, copied; empty means that any inputs are accepted
     * @return this builder
     */
    public Builder declaredInputs(Map<String, InputSpec> inputs) {
      this.declaredInputs = Map.copyOf(inputs);
      return this;
    }

    /**
     * Sets the key that another system computed for a task, with all that counts in it: requests
     * for the component have that key, and take nothing else that counts.
     *
     * @param key of another scheme than {@link CacheKey#K1}
     * @return this builder
     */
    public Builder foreignKey(CacheKey key) {
      if (key.scheme().equals(CacheKey.K1)) {
        throw new InvalidRequestException(
            Place.of("component").field("foreignKey"),
            "keys of scheme k1 are computed here; give what goes into it, or another system's key");
      }
      this.foreignKey = key;
      return this;
    }

    /**
     * Builds the component.
     *
     * @return the component
     * @throws InvalidRequestException if it has neither name nor command, or a part that the format
     *     cannot encode
     */
    public ComponentSpec build() {
      Place place = Place.of("component");
      if (name == null && command.isEmpty()) {
        throw new InvalidRequestException(
            place,
            "has neither name nor command, so nothing says what would run; give one of them");
      }
      declaredInputs.forEach(
          (input, spec) -> {
            Place declared = place.field("inputs").field(input);
            Utf8.checkName(input, place.field("inputs"), "an input's name");
            InputValue value = spec.defaultValue();
            if (value != null) {
              Coercion.coerce(value, spec.type(), declared.field("default"));
            }
          });
      return new ComponentSpec(this);
    }

    private InputValue.MapValue fields() {
      Map<String, String> variables = new LinkedHashMap<>();
      env.values().forEach(each -> variables.put(each.name(), each.value()));
      Map<String, InputValue> fields = new LinkedHashMap<>();
      fields.put("name", InputValue.of(name == null ? "" : name));
      fields.put("command", InputValue.of(command));
      fields.put("args", InputValue.of(args));
      fields.put("env", InputValue.of(variables));
      fields.put("platform", new InputValue.MapValue(platform));
      return new InputValue.MapValue(fields);
    }

    private byte[] document() {
      Map<String, CanonicalWriter> fields = new TreeMap<>(Utf8.ORDER);
      if (name != null) {
        fields.put("name", CanonicalWriter.keeping().text(name));
      }
      if (!command.isEmpty()) {
        fields.put("command", texts(command, "command"));
      }
      if (!args.isEmpty()) {
        fields.put("args", texts(args, "args"));
      }
      if (!env.isEmpty()) {
        CanonicalWriter pairs = CanonicalWriter.keeping().list(env.size());
        env.values().forEach(each -> pairs.list(2).text(each.name()).text(each.value()));
        fields.put("env", pairs);
      }
      if (!platform.isEmpty()) {
        InputValue.MapValue sorted = new InputValue.MapValue(platform);
        fields.put(
            "platform", at("platform").locate(() -> CanonicalWriter.keeping().entries(sorted)));
      }
      CanonicalWriter document = CanonicalWriter.keeping().map(fields.size());
      fields.forEach((field, content) -> document.text(field).encoded(content));
      return document.toBytes();
    }

    private static CanonicalWriter texts(List<String> words, String field) {
      CanonicalWriter list = CanonicalWriter.keeping().list(words.size());
      for (int i = 0; i < words.size(); i++) {
        list.text(Utf8.check(words.get(i), at(field).index(i)));
      }
      return list;
    }

    private static Place at(String field) {
      return Place.of("component").field(field);
    }
  }
}
