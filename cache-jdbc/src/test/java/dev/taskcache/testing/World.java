package dev.taskcache.testing;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.policy.ArtifactVerifier;
import java.util.Optional;
import java.util.function.Supplier;

/** What caches are told of the world outside, which the steps of a scene change. */
final class World {
  /** What the tag {@code python:3.11} means now. */
  Supplier<Optional<String>> image = Optional::empty;

  /** What is wrong with artifacts now. */
  Supplier<Optional<ArtifactVerifier.Fault>> artifacts = Optional::empty;

  /** What a policy of the host's gives now. */
  Supplier<Object> policy = () -> "a";

  ImageDigestResolver images() {
    return reference -> image.get();
  }

  ArtifactVerifier verifier() {
    return (all, level) -> artifacts.get();
  }

  static Supplier<Optional<ArtifactVerifier.Fault>> fault(Reason reason) {
    return () -> Optional.of(new ArtifactVerifier.Fault(reason, "the bucket's"));
  }

  static <T> Supplier<T> failing(String message) {
    return () -> {
      throw new IllegalStateException(message);
    };
  }

  /** What a task does that fails. */
  static Object outOfMemory(int run) {
    throw new IllegalStateException("out of memory");
  }
}
