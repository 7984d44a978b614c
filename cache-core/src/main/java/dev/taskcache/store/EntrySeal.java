package dev.taskcache.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Signs a result at the moment at which it is stored: what is signed has the entry's times in it,
 * and those are the store's, not the writer's.
 */
@FunctionalInterface
public interface EntrySeal {
  /**
   * Signs. Called once for each attempt to store the result, on the caller's thread.
   *
   * @param createdAt when the entry will say that it was stored, by the store's clock, in whole
   *     microseconds
   * @param expiresAt from when on it will not be served; null if never
   * @return what is to be stored beside the entry
   */
  EntrySignature sign(Instant createdAt, @Nullable Instant expiresAt);
}
