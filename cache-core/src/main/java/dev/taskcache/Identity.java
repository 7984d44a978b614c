package dev.taskcache;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.KeyOptions;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CodeNotIdentifiableException;
import dev.taskcache.policy.NotCached;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What identifies the code of a request, once its policies have said so. */
record Identity(ComponentSpec component, @Nullable ImageRef image, KeyOptions options) {

  /** Asks the policies. One that fails makes the request not cached. */
  static Identity of(TaskRequest request) {
    ComponentSpec component = request.component();
    ImageRef image = component.image().orElse(null);
    CachePolicy policy = request.policy().orElse(null);
    if (policy == null) {
      return new Identity(component, image, request.options());
    } else if (component.foreignKey().isPresent()) {
      throw notCached(
          Reason.KEY_FAILED,
          "the policy "
              + policy
              + " does not count, as the key is another system's: "
              + component.foreignKey().get()
              + "; leave it out");
    } else if (policy.needsImage() && image == null) {
      throw notCached(
          Reason.KEY_FAILED,
          "the policy "
              + policy
              + " takes the image's digest, and "
              + component.displayName()
              + " has no image; give it one, or another policy");
    }
    KeyOptions options = with(policy, request.options());
    return policy.inputsAlone()
        ? new Identity(component.identityOnly(), null, options)
        : new Identity(component, image, options);
  }

  private static KeyOptions with(CachePolicy policy, KeyOptions given) {
    Map<String, InputValue> policies = new HashMap<>(given.policies());
    try {
      policies.putAll(policy.values());
    } catch (CodeNotIdentifiableException e) {
      throw notCached(Reason.CODE_NOT_IDENTIFIABLE, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      throw notCached(Reason.KEY_FAILED, "the policy " + policy + " failed: " + e);
    }
    String version = given.version() == null ? policy.version().orElse(null) : given.version();
    return new KeyOptions(version, policies, given.custom(), given.ignoredInputs());
  }

  private static NotCacheableException notCached(Reason reason, String message) {
    return new NotCacheableException(new NotCached(reason, message));
  }
}
