package dev.taskcache;

import dev.taskcache.trust.Signer;
import dev.taskcache.trust.TrustedKeys;
import java.util.Arrays;

/** Keys for tests: one secret for each name. */
final class Signed {
  private Signed() {}

  static byte[] secret(String keyId) {
    return Arrays.copyOf(keyId.getBytes(), 32);
  }

  static Signer by(String keyId) {
    return Signer.hmac(keyId, "writer of " + keyId, secret(keyId));
  }

  static TrustedKeys trusting(String... keyIds) {
    TrustedKeys.Builder keys = TrustedKeys.builder();
    for (String each : keyIds) {
      keys.hmac(each, secret(each));
    }
    return keys.build();
  }
}
