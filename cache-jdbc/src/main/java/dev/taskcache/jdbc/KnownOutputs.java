package dev.taskcache.jdbc;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.taskcache.jdbc.Envelope.DamagedException;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.Outputs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Outputs of payloads, with small ones that were read before: an engine that repeats its pipelines
 * is served the same entries again and again, and the same bytes need to be understood and digested
 * once. Thread-safe.
 */
final class KnownOutputs {
  static final int LARGEST = 4_096;
  private static final long MOST_BYTES = 4L << 20;
  // Of the objects beside the bytes themselves, about.
  private static final int OBJECTS = 500;

  private final Cache<String, Known> known =
      CacheBuilder.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((String digest, Known each) -> each.payload().length + OBJECTS)
          .build();

  private record Known(byte[] payload, Outputs outputs) {}

  /**
   * What a row's payload says.
   *
   * @param digest what the row says of it, hexadecimal
   * @throws DamagedException if it is not what was stored under that digest
   */
  Outputs of(byte @Nullable [] payload, String digest) throws DamagedException {
    Known before = known.getIfPresent(digest);
    if (before != null && Arrays.equals(before.payload(), payload)) {
      return before.outputs();
    } else if (payload == null) {
      throw new DamagedException("it is not there");
    }
    Outputs outputs = read(payload, digest);
    if (payload.length <= LARGEST) {
      known.put(digest, new Known(payload, outputs));
    }
    return outputs;
  }

  private static Outputs read(byte[] payload, String digest) throws DamagedException {
    if (!(Envelope.open(payload) instanceof InputValue.MapValue values)) {
      throw new DamagedException("it was altered: it is no map of outputs");
    } else if (!ValueDigest.of(values).hex().equals(digest)) {
      throw new DamagedException("it was altered: its digest is not " + digest);
    }
    return new Outputs(values);
  }
}
