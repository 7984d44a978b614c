package dev.taskcache.kfp;

import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageNotResolvedException;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The images of a plan: which tags were resolved to what, and what is left to the run. */
final class PlanImages {
  private final ImageDigestResolver resolver;
  private final Map<String, String> resolved = new TreeMap<>();
  private final Set<String> unresolved = new TreeSet<>();

  PlanImages(ImageDigestResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * An image with its digest, where there is one to be had.
   *
   * @throws ImageNotResolvedException if the resolver's answer makes no sense
   * @throws InterruptedException if this thread is interrupted
   */
  String pinned(Field image) throws InterruptedException {
    String written = image.text();
    if (!Template.parse(written, image.spot()).placeholders().isEmpty()) {
      unresolved.add(written);
      return written;
    }
    ImageRef reference = image.spot().locate(() -> ImageRef.parse(written));
    if (!(reference instanceof ImageRef.Tag) || Container.isVolumeStep(written)) {
      return written;
    }
    if (!resolved.containsKey(written) && !unresolved.contains(written)) {
      resolve(written);
    }
    String digest = resolved.get(written);
    return digest == null ? written : written + "@" + digest;
  }

  private void resolve(String tag) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("while resolving " + tag);
    }
    Optional<String> digest = resolver.resolve(tag);
    if (digest.isEmpty()) {
      unresolved.add(tag);
      return;
    }
    try {
      resolved.put(tag, new ImageRef.Digest(digest.get()).digest());
    } catch (InvalidRequestException e) {
      throw new ImageNotResolvedException(
          tag + ": what the resolver says is no digest: " + e.getMessage(), e);
    }
  }

  /** Digest by tag. */
  InputValue resolved() {
    return InputValue.of(resolved);
  }

  /** The tags that the resolver does not know, and what depends on parameters. */
  InputValue unresolved() {
    return InputValue.of(unresolved.stream().toList());
  }
}
