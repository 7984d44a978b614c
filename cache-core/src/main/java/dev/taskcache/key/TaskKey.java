package dev.taskcache.key;

import java.util.Arrays;
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
  private static final String FORMAT = "taskcache/1";
  private static final int INPUT_DIGEST_BYTES = 8;

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
    this.key = new CacheKey(CacheKey.K1, Sha256.of(keyDocument(Sha256.of(inputsDocument()))));
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
   * @throws InvalidRequestException if neither image, version nor a policy says which code runs, or
   *     if there is a custom key and the component has neither name nor label
   */
  public static void check(ComponentSpec component, @Nullable ImageRef image, KeyOptions options) {
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
   * The parts of the key, computed now.
   *
   * @return a digest or text of each part, and a short digest of each input
   */
  public KeyParts parts() {
    Map<KeyPart, String> parts = new EnumMap<>(KeyPart.class);
    Map<String, String> inputDigests = new LinkedHashMap<>();
    if (options.custom() == null) {
      parts.put(KeyPart.COMPONENT, hex(component.digest()));
      parts.put(KeyPart.INPUTS, hex(Sha256.of(inputsDocument())));
      inputs.entries().forEach((name, value) -> inputDigests.put(name, shortDigest(value)));
    } else {
      List<String> scoped = List.of(component.scope().orElseThrow(), options.custom());
      parts.put(KeyPart.CUSTOM, JsonForm.write(InputValue.of(scoped)));
    }
    if (image instanceof ImageRef.Digest digest) {
      parts.put(KeyPart.IMAGE, digest.digest());
    } else if (image instanceof ImageRef.TagByName tag) {
      parts.put(KeyPart.IMAGE, tag.reference());
    }
    parts.put(KeyPart.OUTPUTS, hex(outputs.digest()));
    if (options.version() != null) {
      parts.put(KeyPart.VERSION, options.version());
    }
    if (!options.policies().isEmpty()) {
      parts.put(KeyPart.POLICIES, hex(Sha256.of(policies(new CanonicalWriter()).toBytes())));
    }
    return new KeyParts(parts, inputDigests);
  }

  /**
   * The encoded documents, encoded now: {@code component} and {@code inputs} unless there is a
   * custom key, {@code outputs}, {@code key}.
   *
   * @return bytes by the document's name
   */
  public Map<String, byte[]> documents() {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    byte[] inputsDocument = inputsDocument();
    if (options.custom() == null) {
      documents.put("component", component.document().clone());
      documents.put("inputs", inputsDocument);
    }
    documents.put("outputs", outputs.document().clone());
    documents.put("key", keyDocument(Sha256.of(inputsDocument)));
    return documents;
  }

  private byte[] inputsDocument() {
    return Place.of("inputs").locate(() -> new CanonicalWriter().entries(inputs)).toBytes();
  }

  /** The key document's fields, in the order of their encoded names. */
  private byte[] keyDocument(byte[] inputsDigest) {
    String custom = options.custom();
    String version = options.version();
    boolean policies = !options.policies().isEmpty();
    int fields =
        2
            + (image == null ? 0 : 1)
            + (custom == null ? 2 : 1)
            + (version == null ? 0 : 1)
            + (policies ? 1 : 0);
    CanonicalWriter writer = new CanonicalWriter().map(fields);
    if (image instanceof ImageRef.Digest digest) {
      writer.text("image").text(digest.digest());
    } else if (image instanceof ImageRef.TagByName tag) {
      writer.text("image").object("image-tag", 1).text(tag.reference());
    }
    if (custom != null) {
      writer.text("custom").list(2).text(component.scope().orElseThrow()).text(custom);
    }
    writer.text("format").text(FORMAT);
    if (custom == null) {
      writer.text("inputs").bytes(inputsDigest);
    }
    writer.text("outputs").bytes(outputs.digest());
    if (version != null) {
      writer.text("version").text(version);
    }
    if (policies) {
      policies(writer.text("policies"));
    }
    if (custom == null) {
      writer.text("component").bytes(component.digest());
    }
    return writer.toBytes();
  }

  private CanonicalWriter policies(CanonicalWriter writer) {
    InputValue.MapValue sorted = new InputValue.MapValue(options.policies());
    return Place.of("policies").locate(() -> writer.entries(sorted));
  }

  private static String shortDigest(InputValue value) {
    byte[] digest = Sha256.of(CanonicalWriter.encode(value));
    return hex(Arrays.copyOf(digest, INPUT_DIGEST_BYTES));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
