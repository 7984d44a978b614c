package dev.taskcache.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a writer left beside an entry so that readers can tell whose it is. A store keeps the bytes
 * as they are and makes nothing of them; {@code dev.taskcache.trust} does. Immutable and
 * thread-safe.
 */
public final class EntrySignature {
  private final byte[] bytes;

  /**
   * A signature as it is stored.
   *
   * @param bytes copied; may be anything, since others may write into a store
   */
  public EntrySignature(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /**
   * A signature from a column that may have none.
   *
   * @param bytes null for none
   * @return null for none
   */
  public static @Nullable EntrySignature ofNullable(byte @Nullable [] bytes) {
    return bytes == null ? null : new EntrySignature(bytes);
  }

  /**
   * What is to be stored.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EntrySignature signature && Arrays.equals(bytes, signature.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "signature of " + bytes.length + " bytes";
  }
}
