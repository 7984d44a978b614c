package dev.taskcache.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.taskcache.store.EntrySignature;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How a signature is stored: a byte with the version of this form, the length of the key id in one
 * byte and the key id, the same of the writer, and the signature itself.
 */
record SignatureForm(SignedBy by, byte[] signature) {
  private static final byte VERSION = 1;
  private static final int HEAD = 3;

  EntrySignature write() {
    byte[] keyId = by.keyId().getBytes(US_ASCII);
    byte[] writer = by.writer().getBytes(US_ASCII);
    return new EntrySignature(
        ByteBuffer.allocate(HEAD + keyId.length + writer.length + signature.length)
            .put(VERSION)
            .put((byte) keyId.length)
            .put(keyId)
            .put((byte) writer.length)
            .put(writer)
            .put(signature)
            .array());
  }

  /** Empty for bytes that are no such form: anybody may have written them. */
  static Optional<SignatureForm> read(EntrySignature stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored.bytes());
    if (bytes.remaining() < HEAD || bytes.get() != VERSION) {
      return Optional.empty();
    }
    try {
      String keyId = text(bytes);
      String writer = text(bytes);
      byte[] signature = new byte[bytes.remaining()];
      bytes.get(signature);
      return Optional.of(new SignatureForm(new SignedBy(writer, keyId), signature));
    } catch (RuntimeException e) {
      return Optional.empty(); // Cut short, or names that no signer has.
    }
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.get() & 0xff];
    bytes.get(text);
    return new String(text, US_ASCII);
  }
}
