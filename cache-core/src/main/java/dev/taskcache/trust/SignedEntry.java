package dev.taskcache.trust;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueEncoding;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import java.time.Instant;
import java.util.List;
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
  private static final InputValue FORMAT = new InputValue.Text("taskcache-signature/1");

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
    return ValueEncoding.of(
        new InputValue.ListValue(
            List.of(
                FORMAT,
                algorithm.text(),
                new InputValue.Text(by.keyId()),
                new InputValue.Text(by.writer()),
                new InputValue.Text(id.namespace()),
                new InputValue.Text(id.key().toString()),
                new InputValue.Text(schema),
                new InputValue.Text(outputs),
                micros(createdAt),
                expiresAt == null ? InputValue.Null.NULL : micros(expiresAt))));
  }

  private static InputValue micros(Instant time) {
    return new InputValue.Int(
        TimeUnit.SECONDS.toMicros(time.getEpochSecond()) + time.getNano() / 1_000);
  }
}
