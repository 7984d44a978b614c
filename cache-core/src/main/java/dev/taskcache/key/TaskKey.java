package dev.taskcache.key;

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A computed key together with what went into it. The key is computed at once; parts and documents
 * only when somebody asks for them. Immutable and thread-safe.
 */
public final class TaskKey {
  private static final byte[] FORMAT = encoded("format", "taskcache/1");
  private static final byte[] IMAGE = encoded("image");
  private static final byte[] CUSTOM = encoded("custom");
  private static final byte[] INPUTS = encoded("inputs");
  private static final byte[] OUTPUTS = encoded("outputs");
  private static final byte[] VERSION = encoded("version");
  private static final byte[] POLICIES = encoded("policies");
  private static final byte[] COMPONENT = encoded("component");
  private static final Place INPUTS_PLACE = Place.of("inputs");

  private final ComponentSpec component;
  private final @Nullable ImageRef image;
  private final InputValue.MapValue inputs;
  private final OutputSchema outputs;
  private final KeyOptions options;
  private final CacheKey key;

  private TaskKey(
      ComponentSpec component,
      @Nullable ImageRef image,
      InputValue.MapValue inputs,
      OutputSchema outputs,
      KeyOptions options) {
    this.component = component;
    this.image = image;
    this.inputs = inputs;
    this.outputs = outputs;
    this.options = options;
    this.key = component.foreignKey().orElseGet(() -> new CacheKey(CacheKey.K1, digest()));
  }

  /**
   * Computes the key of a task.
   *
   * @param component what would run
   * @param image the image, resolved: a digest, or a tag that counts by name; null if it has none
   * @param inputs the inputs as given, before declared types, defaults and ignored names apply
   * @param outputs names and types of the outputs
   * @param options version, policies, custom key, ignored inputs
   * @return the key
   * @throws InvalidRequestException if an input does not fit its declaration, nothing identifies
   *     the code, or the image is an unresolved tag
   */
  public static TaskKey of(
      ComponentSpec component,
      @Nullable ImageRef image,
      InputValue.MapValue inputs,
      OutputSchema outputs,
      KeyOptions options) {
    check(component, image, options);
    component.foreignKey().ifPresent(key -> ForeignKeys.check(key, inputs));
    if (image instanceof ImageRef.Tag tag) {
      throw new InvalidRequestException(
          Place.of("component").field("image"),
          "the tag " + tag.reference() + " is not resolved; resolve it to a digest first");
    }
    InputValue.MapValue bound =
        InputBinding.bind(inputs, component.declaredInputs(), options.ignoredInputs());
    return new TaskKey(component, image, bound, outputs, options);
  }

  /**
   * Refuses what can have no key whatever its inputs are.
   *
   * @param component what would run
   * @param image its image, resolved or not; null if it has none
   * @param options version, policies, custom key
   * @throws InvalidRequestException if neither image, version nor a policy says which code runs, if
   *     there is a custom key and the component has neither name nor label, or if one of them is
   *     there beside another system's key
   */
  public static void check(ComponentSpec component, @Nullable ImageRef image, KeyOptions options) {
    if (component.foreignKey().isPresent()) {
      ForeignKeys.check(component.foreignKey().get(), image, options);
      return;
    }
    if (image == null && options.version() == null && options.policies().isEmpty()) {
      throw new InvalidRequestException(
          Place.root(),
          "nothing says which code "
              + component.displayName()
              + " runs; give component.image with a digest, a version, or a policy");
    }
    if (options.custom() != null && component.scope().isEmpty()) {
      throw new InvalidRequestException(
          Place.of("custom"), "a custom key needs a component with a name or label; give one");
    }
  }

  /**
   * The key.
   *
   * @return the key
   */
  public CacheKey key() {
    return key;
  }

  /**
   * The inputs that count.
   *
   * @return value by name: declared types and defaults applied, ignored inputs left out
   */
  public InputValue.MapValue inputs() {
    return inputs;
  }

  /**
   * The digest of the output schema, as {@link #parts} has it.
   *
   * @return SHA-256, 64 hexadecimal digits
   */
  public String outputsDigest() {
    return hex(outputs.digest());
  }

  /**
   * The parts of the key, computed now.
   *
   * @param keepValues whether the values of the inputs are to be readable in it; secrets never are
   * @return a digest or text of each part, and of the places inside it
   */
  public KeyParts parts(boolean keepValues) {
    Map<KeyPart, KeyParts.Part> parts = new EnumMap<>(KeyPart.class);
    if (component.foreignKey().isPresent()) {
      parts.put(KeyPart.CUSTOM, KeyParts.Part.of(key.toString()));
    } else if (options.custom() == null) {
      parts.put(KeyPart.COMPONENT, component.part());
      String digest = hex(inputs(CanonicalWriter.digesting()).toDigest());
      parts.put(KeyPart.INPUTS, Places.ofValues(digest, inputs.entries(), keepValues));
    } else {
      List<String> scoped = List.of(component.scope().orElseThrow(), options.custom());
      parts.put(KeyPart.CUSTOM, KeyParts.Part.of(JsonForm.write(InputValue.of(scoped))));
    }
    if (image instanceof ImageRef.Digest digest) {
      parts.put(KeyPart.IMAGE, KeyParts.Part.of(digest.digest()));
    } else if (image instanceof ImageRef.TagByName tag) {
      parts.put(KeyPart.IMAGE, KeyParts.Part.of(tag.reference()));
    }
    parts.put(KeyPart.OUTPUTS, outputs.part());
    if (options.version() != null) {
      parts.put(KeyPart.VERSION, KeyParts.Part.of(options.version()));
    }
    if (!options.policies().isEmpty()) {
      String digest = hex(policies(CanonicalWriter.digesting()).toDigest());
      parts.put(KeyPart.POLICIES, Places.ofValues(digest, options.policies(), false));
    }
    return new KeyParts(parts);
  }

  /**
   * The encoded documents, encoded now: {@code component} and {@code inputs} unless there is a
   * custom key, {@code outputs}, {@code key}; none of them for another system's key.
   *
   * @return bytes by the document's name
   */
  public Map<String, byte[]> documents() {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    if (component.foreignKey().isPresent()) {
      return documents;
    }
    byte[] inputsDocument = inputs(CanonicalWriter.keeping()).toBytes();
    if (options.custom() == null) {
      documents.put("component", component.document().clone());
      documents.put("inputs", inputsDocument);
    }
    documents.put("outputs", outputs.document().clone());
    documents.put(
        "key", keyDocument(CanonicalWriter.keeping(), Sha256.of(inputsDocument)).toBytes());
    return documents;
  }

  /** Both documents through one writer: neither is needed but for its digest. */
  private byte[] digest() {
    CanonicalWriter writer = CanonicalWriter.digesting();
    return keyDocument(writer, inputs(writer).toDigest()).toDigest();
  }

  private CanonicalWriter inputs(CanonicalWriter writer) {
    return INPUTS_PLACE.locate(() -> Depth.guarded(Place.root(), () -> writer.entries(inputs)));
  }

  /** The key document's fields, in the order of their encoded names. */
  private CanonicalWriter keyDocument(CanonicalWriter writer, byte[] inputsDigest) {
    String custom = options.custom();
    String version = options.version();
    boolean policies = !options.policies().isEmpty();
    int fields =
        2
            + (image == null ? 0 : 1)
            + (custom == null ? 2 : 1)
            + (version == null ? 0 : 1)
            + (policies ? 1 : 0);
    writer.map(fields);
    if (image instanceof ImageRef.Digest digest) {
      writer.raw(IMAGE).ascii(digest.digest());
    } else if (image instanceof ImageRef.TagByName tag) {
      writer.raw(IMAGE).object("image-tag", 1).text(tag.reference());
    }
    if (custom != null) {
      writer.raw(CUSTOM).list(2).text(component.scope().orElseThrow()).text(custom);
    }
    writer.raw(FORMAT);
    if (custom == null) {
      writer.raw(INPUTS).bytes(inputsDigest);
    }
    writer.raw(OUTPUTS).bytes(outputs.digest());
    if (version != null) {
      writer.raw(VERSION).text(version);
    }
    if (policies) {
      policies(writer.raw(POLICIES));
    }
    if (custom == null) {
      writer.raw(COMPONENT).bytes(component.digest());
    }
    return writer;
  }

  private CanonicalWriter policies(CanonicalWriter writer) {
    InputValue.MapValue sorted = new InputValue.MapValue(options.policies());
    return Place.of("policies").locate(() -> writer.entries(sorted));
  }

  private static byte[] encoded(String... texts) {
    CanonicalWriter writer = CanonicalWriter.keeping();
    for (String text : texts) {
      writer.text(text);
    }
    return writer.toBytes();
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
