package dev.taskcache.trust;

import dev.taskcache.key.ListEncoding;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a signature says of an entry: these outputs belong to this key in this namespace, for tasks
 * with this output schema, from then until then. Not who ran the task, nor what explains the key.
 *
 * @param id namespace and key
 * @param schema the digest of the output schema, 64 hexadecimal digits
 * @param outputs the digest of the outputs, 64 hexadecimal digits
 * @param createdAt when it was stored, in whole microseconds
 * @param expiresAt from when on it is not served; null if never
 */
public record SignedEntry(
    EntryId id, String schema, String outputs, Instant createdAt, @Nullable Instant expiresAt) {
  /** What no other bytes that anybody signs begin with. */
  private static final String FORMAT = "taskcache-signature/1";

  /**
   * What a stored entry says of itself.
   *
   * @param header the entry's
   * @param schema the output schema of whoever asks: it is not stored
   * @return what its signature has to cover
   */
  public static SignedEntry of(EntryHeader header, String schema) {
    return new SignedEntry(
        header.id(), schema, header.digest(), header.createdAt(), header.expiresAt());
  }

  /** The bytes that are signed: a list, so that each field has its place. */
  byte[] signedBytes(Algorithm algorithm, SignedBy by) {
    ListEncoding list =
        new ListEncoding(11)
            .text(FORMAT)
            .text(algorithm.toString())
            .text(by.keyId())
            .text(by.writer())
            .text(id.namespace())
            .text(id.key().scheme())
            .bytes(id.key().digest())
            .text(schema)
            .text(outputs)
            .number(micros(createdAt));
    return (expiresAt == null ? list.absent() : list.number(micros(expiresAt))).toBytes();
  }

  private static long micros(Instant time) {
    return TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000;
  }
}
