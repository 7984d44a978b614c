package dev.taskcache;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageNotResolvedException;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.TaskKey;
import dev.taskcache.policy.NotCached;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first two steps of every decision: may it be cached, and what is it called. */
final class KeyDerivation {
  private KeyDerivation() {}

  static TaskKey derive(TaskRequest request, OutputSchema outputs, ImageDigestResolver resolver) {
    Optional<NotCached> finding = request.notCached();
    if (finding.isPresent()) {
      throw new NotCacheableException(finding.get());
    }
    Identity identity = Identity.of(request);
    return TaskKey.of(
        identity.component(),
        resolve(identity.image(), resolver, run(request)),
        request.inputs(),
        outputs,
        identity.options());
  }

  private static ImageDigestResolver.@Nullable Run run(TaskRequest request) {
    String id = request.identity().run();
    return id == null
        ? null
        : new ImageDigestResolver.Run(request.namespace(), request.identity().pipeline(), id);
  }

  private static @Nullable ImageRef resolve(
      @Nullable ImageRef image,
      ImageDigestResolver resolver,
      ImageDigestResolver.@Nullable Run run) {
    if (!(image instanceof ImageRef.Tag tag)) {
      return image;
    }
    try {
      return resolver
          .resolve(tag.reference(), run)
          .map(ImageRef.Digest::new)
          .orElseThrow(
              () ->
                  notCacheable(
                      Reason.IMAGE_NOT_RESOLVED,
                      "component.image: nothing resolves the tag "
                          + tag.reference()
                          + "; pin it as repository@sha256:…, or give a resolver that knows it"));
    } catch (NotCacheableException e) {
      throw e;
    } catch (ImageNotResolvedException e) {
      throw notCacheable(Reason.IMAGE_NOT_RESOLVED, "component.image: " + e.getMessage());
    } catch (InvalidRequestException e) {
      throw notCacheable(
          Reason.KEY_FAILED,
          "component.image: the resolver's answer is no digest: " + e.getMessage());
    } catch (RuntimeException e) {
      throw notCacheable(
          Reason.KEY_FAILED, "component.image: resolving " + tag.reference() + " failed: " + e);
    }
  }

  private static NotCacheableException notCacheable(Reason reason, String message) {
    return new NotCacheableException(new NotCached(reason, message));
  }
}
