package dev.taskcache;

import dev.taskcache.explain.Subject;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.Forms;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.Place;
import dev.taskcache.key.ResultType;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The right to run a task and publish its result, in a form that another process can be given.
 *
 * <p>It is a bearer secret: whoever has it can publish. {@link #toString()} does not show it.
 *
 * @param lease the lease
 * @param subject what is to be run
 * @param parts what the key was made of
 * @param outputs what the task may return
 * @param claimedAt when the lease was claimed, by the claimer's clock
 * @param sample what the result is to be compared with; null where it is to be stored
 */
public record LeaseToken(
    Lease lease,
    Subject subject,
    KeyParts parts,
    OutputSchema outputs,
    Instant claimedAt,
    @Nullable Sample sample) {
  private static final String PREFIX = "tl1.";
  private static final ResultType<KeyParts> PARTS = ResultType.of(KeyParts.class);

  /**
   * A stored result that the task is run again to be compared with.
   *
   * @param digest the digest of its outputs, 64 hexadecimal digits
   * @param producer who ran it
   * @param stop whether a difference stops the reuse of the component
   */
  public record Sample(String digest, TaskIdentity producer, boolean stop) {
    private Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("digest", digest);
      put(fields, producer);
      fields.put("stop", stop);
      return fields;
    }

    private static Sample read(Map<String, InputValue> fields) {
      return new Sample(
          text(fields, "digest"), identity(fields), InputValue.of(true).equals(fields.get("stop")));
    }
  }

  /**
   * The token as text.
   *
   * @return ASCII, without blanks
   */
  public String encode() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("namespace", lease.id().namespace());
    fields.put("key", lease.id().key().toString());
    fields.put("owner", lease.owner());
    fields.put("fence", lease.fence());
    fields.put("component", subject.component());
    put(fields, subject.task());
    fields.put("parts", parts);
    fields.put("outputs", outputs.toString());
    fields.put("claimedAt", claimedAt);
    if (sample != null) {
      fields.put("sample", sample.fields());
    }
    byte[] json = JsonForm.write(InputValue.of(fields)).getBytes(StandardCharsets.UTF_8);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private static void put(Map<String, Object> fields, TaskIdentity task) {
    putIfKnown(fields, "pipeline", task.pipeline());
    putIfKnown(fields, "run", task.run());
    putIfKnown(fields, "task", task.task());
  }

  private static TaskIdentity identity(Map<String, InputValue> fields) {
    return new TaskIdentity(
        optional(fields, "pipeline"), optional(fields, "run"), optional(fields, "task"));
  }

  private static void putIfKnown(Map<String, Object> fields, String name, @Nullable String text) {
    if (text != null) {
      fields.put(name, text);
    }
  }

  /**
   * Reads a token.
   *
   * @param text as {@link #encode} wrote it
   * @return the token
   * @throws IllegalArgumentException if it is no token, or of a version that this code does not
   *     know
   */
  public static LeaseToken parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          "not a lease token of this version; pass the text of LeaseToken.encode(), which begins"
              + " with "
              + PREFIX);
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(text.substring(PREFIX.length()));
      return read(Forms.map(JsonForm.read(new String(json, StandardCharsets.UTF_8)), Place.root()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("a damaged lease token: " + e.getMessage(), e);
    }
  }

  private static LeaseToken read(Map<String, InputValue> fields) {
    EntryId id = new EntryId(text(fields, "namespace"), CacheKey.parse(text(fields, "key")));
    InputValue sample = fields.get("sample");
    return new LeaseToken(
        new Lease(id, text(fields, "owner"), integer(fields, "fence").longValueExact()),
        new Subject(id.namespace(), text(fields, "component"), identity(fields), id.key()),
        PARTS.read(field(fields, "parts"), Place.of("parts")),
        OutputSchema.parse(text(fields, "outputs")),
        timestamp(fields, "claimedAt"),
        sample == null ? null : Sample.read(Forms.map(sample, Place.of("sample"))));
  }

  private static InputValue field(Map<String, InputValue> fields, String name) {
    InputValue field = fields.get(name);
    if (field == null) {
      throw new InvalidRequestException(Place.of(name), "is missing");
    }
    return field;
  }

  private static String text(Map<String, InputValue> fields, String name) {
    return Forms.text(field(fields, name), Place.of(name));
  }

  private static @Nullable String optional(Map<String, InputValue> fields, String name) {
    return fields.containsKey(name) ? text(fields, name) : null;
  }

  private static BigInteger integer(Map<String, InputValue> fields, String name) {
    if (field(fields, name) instanceof InputValue.Int integer) {
      return integer.value();
    }
    throw new InvalidRequestException(Place.of(name), "must be an integer");
  }

  private static Instant timestamp(Map<String, InputValue> fields, String name) {
    if (field(fields, name) instanceof InputValue.Timestamp timestamp) {
      return timestamp.value();
    }
    throw new InvalidRequestException(Place.of(name), "must be a timestamp");
  }

  @Override
  public String toString() {
    return "lease of " + subject.name() + " (" + lease.id().key() + ")";
  }
}
