package dev.taskcache.policy;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What says which code a task runs, beside its component and image. Policies are put together with
 * {@link #and}, in any order. Immutable and thread-safe, as far as the suppliers that it was given
 * are.
 */
public final class CachePolicy {
  /** The inputs alone: neither command, environment and platform nor image count. */
  public static final CachePolicy INPUTS = new CachePolicy("inputs", new InputsAlone());

  private static final String VERSION = "version";
  private static final String IMAGE = "image";

  private final SortedMap<String, Contribution> contributions;

  /** What one policy adds to the key. */
  private sealed interface Contribution {}

  private record Constant(InputValue value) implements Contribution {}

  private record Computed(Supplier<? extends @Nullable Object> value) implements Contribution {}

  private record InputsAlone() implements Contribution {}

  private record ImageDigest() implements Contribution {}

  private CachePolicy(String name, Contribution contribution) {
    this(new TreeMap<>(Map.of(name, contribution)));
  }

  private CachePolicy(SortedMap<String, Contribution> contributions) {
    this.contributions = Collections.unmodifiableSortedMap(contributions);
  }

  /**
   * A version of the code: change it when the same inputs give other results.
   *
   * @param version any text, not empty
   * @return the policy
   */
  public static CachePolicy version(String version) {
    return new CachePolicy(VERSION, new Constant(InputValue.of(version)));
  }

  /**
   * A text that makes other keys of the same tasks, for instance to start anew.
   *
   * @param salt any text
   * @return the policy
   */
  public static CachePolicy salt(String salt) {
    return new CachePolicy("salt", new Constant(InputValue.of(salt)));
  }

  /**
   * The image's digest: a task without an image, or with a tag that nothing resolves, is not
   * cached.
   *
   * @return the policy
   */
  public static CachePolicy imageDigest() {
    return new CachePolicy(IMAGE, new ImageDigest());
  }

  /**
   * Anything else that says which code runs.
   *
   * @param name the policy's name, not empty
   * @param value gives what it adds to the key, as {@link InputValue#of} converts it; asked once
   *     for each key. One that throws makes the task not cached, with its message.
   * @return the policy
   */
  public static CachePolicy of(String name, Supplier<? extends @Nullable Object> value) {
    return new CachePolicy(name, new Computed(value));
  }

  /**
   * The bytecode of a class, and of the classes of the same code source (jar or folder) that it
   * uses, directly or through others. Read once, now, with ASM, which has to be among the host's
   * jars.
   *
   * <p>Blind to debug information, line numbers, names of local variables, annotations, generic
   * signatures, the version of the class file, the order of fields and methods, and the numbers
   * that javac gives lambdas. Not seen: what is called by reflection, classes of other jars,
   * resources. The same source gives the same digests when JDK 17 and JDK 25 compile it for one
   * release, with two exceptions: inner classes that do not use the instance around them (javac
   * leaves that field out since JDK 18), and switches over an enum of the same source file (by
   * ordinal in newer JDKs). Another release or compiler may give others.
   *
   * @param type the class
   * @return the policy; it has one digest for each class, so that an explanation can name the one
   *     that changed
   * @throws CodeNotIdentifiableException if the class, or one that it uses, has no class file
   * @throws IllegalStateException if ASM is missing
   */
  public static CachePolicy classBody(Class<?> type) {
    return constant("code", () -> Map.of("classes", ClassBodies.of(type)));
  }

  /**
   * The bytecode of a task: for a lambda or method reference, which must be serializable, that of
   * its method, with what it captured as values; for any other object that of its class, as {@link
   * #classBody} takes it, without the object's fields.
   *
   * <p>A lambda that is not serializable, or one that captured what has no encoding, makes the task
   * not cached: nothing tells it from others.
   *
   * @param task the object whose code runs
   * @return the policy
   * @throws IllegalStateException if ASM is missing
   */
  public static CachePolicy codeOf(Object task) {
    try {
      return constant("code", () -> ClassBodies.of(task));
    } catch (CodeNotIdentifiableException e) {
      return of(
          "code",
          () -> {
            throw e;
          });
    }
  }

  private static CachePolicy constant(String name, Supplier<Map<String, ?>> value) {
    try {
      return new CachePolicy(
          name, new Constant(InputValue.of(value.get(), Place.of("policies").field(name))));
    } catch (InvalidRequestException e) {
      throw new CodeNotIdentifiableException(
          "what the code captured cannot be part of a key: " + e.getMessage());
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "digests of classes need org.ow2.asm:asm-tree among the jars; add it", e);
    }
  }

  /**
   * Both policies.
   *
   * @param other another policy
   * @return one that equals {@code other.and(this)}
   * @throws IllegalArgumentException if both say different things under one name
   */
  public CachePolicy and(CachePolicy other) {
    SortedMap<String, Contribution> both = new TreeMap<>(contributions);
    other.contributions.forEach(
        (name, contribution) -> {
          Contribution before = both.put(name, contribution);
          if (before != null && !before.equals(contribution)) {
            throw new IllegalArgumentException(
                "two policies are called " + name + " and differ; give one of them another name");
          }
        });
    return new CachePolicy(both);
  }

  /**
   * The version.
   *
   * @return empty if none of the policies is one
   */
  public Optional<String> version() {
    return contributions.get(VERSION) instanceof Constant constant
            && constant.value() instanceof InputValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /**
   * Whether the inputs alone identify the task.
   *
   * @return true if {@link #INPUTS} is among the policies
   */
  public boolean inputsAlone() {
    return contributions.containsValue(new InputsAlone());
  }

  /**
   * Whether the task must have an image that is known by its digest.
   *
   * @return true if {@link #imageDigest} is among the policies
   */
  public boolean needsImage() {
    return contributions.containsValue(new ImageDigest());
  }

  /**
   * What the policies add to the key, computed now.
   *
   * @return value by policy, without version and image, which the key has anyway
   * @throws CodeNotIdentifiableException if code cannot be told from other code
   * @throws RuntimeException as a supplier throws it
   */
  public Map<String, InputValue> values() {
    Map<String, InputValue> values = new LinkedHashMap<>();
    contributions.forEach(
        (name, contribution) -> {
          if (contribution instanceof Constant constant && !name.equals(VERSION)) {
            values.put(name, constant.value());
          } else if (contribution instanceof Computed computed) {
            Place place = Place.of("policies").field(name);
            values.put(name, InputValue.of(computed.value().get(), place));
          } else if (contribution instanceof InputsAlone) {
            values.put(name, InputValue.of("alone"));
          }
        });
    return values;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CachePolicy policy && contributions.equals(policy.contributions);
  }

  @Override
  public int hashCode() {
    return Objects.hash(contributions);
  }

  /** The policies' names. */
  @Override
  public String toString() {
    return String.join(" and ", contributions.keySet());
  }
}
