package dev.taskcache.testing;

import dev.taskcache.NotCacheableException;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Comparison;
import dev.taskcache.explain.Difference;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.TaskKey;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a request's key; a failure prints the parts that moved. A key alone does not
 * tell what it was made of, so that comes from another request, or from a file of earlier keys,
 * which is written with {@code -Dtaskcache.tests.keys=write}.
 */
public final class KeyAssert extends AbstractAssert<KeyAssert, TaskRequest> {
  private ImageDigestResolver resolver = ImageDigestResolver.NONE;
  private @Nullable KeyFile known;

  KeyAssert(TaskRequest actual) {
    super(actual, KeyAssert.class);
  }

  /**
   * Sets what resolves image tags.
   *
   * @param images the resolver
   * @return this assertion
   */
  public KeyAssert resolving(ImageDigestResolver images) {
    this.resolver = images;
    return this;
  }

  /**
   * Says where the parts of earlier keys are, for failures of {@link #isEqualTo}. With {@code
   * -Dtaskcache.tests.keys=write} keys that are as expected are added to it.
   *
   * @param file the file
   * @return this assertion
   */
  public KeyAssert knownFrom(Path file) {
    this.known = new KeyFile(file);
    return this;
  }

  /**
   * The key is this one, or that of this request.
   *
   * @param expected a key, as text or {@link dev.taskcache.key.CacheKey}; or a {@link TaskRequest}
   * @return this assertion
   */
  @Override
  public KeyAssert isEqualTo(Object expected) {
    TaskKey mine = key(actual);
    if (expected instanceof TaskRequest other) {
      List<Difference> differences = differences(other);
      if (!differences.isEmpty()) {
        fail("Expected the key of the other request", "  differs from it in", differences);
      }
      return this;
    }
    String key = expected.toString();
    if (!mine.key().toString().equals(key)) {
      moved(mine, key);
    } else if (known != null && KeyFile.isWritten()) {
      known.write(actual.component().displayName(), mine);
    }
    return this;
  }

  /**
   * The key is not that of this request.
   *
   * @param other another request
   * @param parts all parts that differ; none to leave that open
   * @return this assertion
   */
  public KeyAssert differsFrom(TaskRequest other, KeyPart... parts) {
    List<Difference> differences = differences(other);
    Set<KeyPart> differing =
        differences.stream()
            .map(Difference::part)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(KeyPart.class)));
    Set<KeyPart> expected = Set.of(parts);
    if (differing.isEmpty()) {
      fail("Expected a key that differs", "  is the same, as is every part", differences);
    } else if (!expected.isEmpty() && !differing.equals(expected)) {
      fail("Expected a key that differs in " + expected, "  differs in", differences);
    }
    return this;
  }

  /**
   * The key is the one that the file has for the component.
   *
   * @param file the file, written with {@code -Dtaskcache.tests.keys=write}; keep it with the test
   * @return this assertion
   */
  public KeyAssert matches(Path file) {
    return matches(file, actual.component().displayName());
  }

  /**
   * The key is the one that the file has under a name.
   *
   * @param file the file, written with {@code -Dtaskcache.tests.keys=write}; keep it with the test
   * @param name any text; one for each request in the file
   * @return this assertion
   */
  public KeyAssert matches(Path file, String name) {
    TaskKey mine = key(actual);
    KeyFile keys = new KeyFile(file);
    if (KeyFile.isWritten()) {
      keys.write(name, mine);
      return this;
    }
    Optional<KeyFile.Known> before = keys.named(name);
    if (before.isEmpty()) {
      failWithMessage(
          "%s",
          file + " has no key of " + name + "; write it with -Dtaskcache.tests.keys=write, once");
    } else if (!before.get().key().equals(mine.key().toString())) {
      fail(
          "Expected the key of " + name + " in " + file,
          "  differs from it in",
          Comparison.between(before.get().parts(), mine.parts(true)));
    }
    return this;
  }

  private void moved(TaskKey mine, String key) {
    Optional<KeyParts> before =
        known == null ? Optional.empty() : known.ofKey(key).map(KeyFile.Known::parts);
    if (before.isPresent()) {
      fail(
          "Expected the key " + key,
          "  differs from it in",
          Comparison.between(before.get(), mine.parts(true)));
    }
    String parts =
        mine.parts(true).digests().entrySet().stream()
            .map(part -> "    " + part.getKey().word() + ": " + part.getValue() + "\n")
            .collect(Collectors.joining());
    failWithMessage(
        "%s",
        "Expected the key "
            + key
            + ", but it is\n  "
            + mine.key()
            + "\n  made of\n"
            + parts
            + "  which part moved is known of keys in a file: say knownFrom(file), and run once with"
            + " -Dtaskcache.tests.keys=write while the key is right\n");
  }

  private List<Difference> differences(TaskRequest other) {
    return Comparison.between(key(other).parts(true), key(actual).parts(true));
  }

  private TaskKey key(TaskRequest request) {
    isNotNull();
    try {
      return request.key(resolver);
    } catch (NotCacheableException e) {
      throw new AssertionError("the request has no key: " + e.getMessage(), e);
    }
  }

  private void fail(String expected, String but, List<Difference> differences) {
    failWithMessage(
        "%s",
        expected
            + ", but "
            + key(actual).key()
            + "\n"
            + but
            + "\n"
            + Told.of(differences).indent(2));
  }
}
