package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import dev.taskcache.key.KeyParts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How outputs and parts are kept in a column: a byte with the version of this form, one that says
 * whether the rest is compressed, and the content. Compressed content (zlib, RFC 1950) has its
 * length before it, four bytes, so that nothing is inflated further. The content of outputs is JSON
 * in UTF-8 ({@code docs/key-format.md}, section 8), that of parts {@link PackedParts}.
 */
final class Envelope {
  private static final byte VERSION = 1;
  private static final byte PLAIN = 0;
  private static final byte DEFLATED = 1;
  private static final int HEAD = 2;
  private static final int DEFLATED_HEAD = HEAD + Integer.BYTES;
  // What compressing less than this saves is not worth the time that it takes at every hit.
  private static final int COMPRESSED_FROM = 1_024;
  private static final int MOST_BYTES = 256 << 20;
  private static final int MOST_RATIO = 1_040; // zlib's best, of zeros

  private Envelope() {}

  /** A column's bytes do not hold what was put into them. */
  static final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    DamagedException(String message) {
      super(message);
    }
  }

  static byte[] seal(InputValue value) {
    return seal(JsonForm.write(value).getBytes(UTF_8));
  }

  static byte[] seal(KeyParts parts) {
    return seal(PackedParts.pack(parts));
  }

  private static byte[] seal(byte[] content) {
    if (content.length >= COMPRESSED_FROM) {
      byte[] deflated = deflate(content);
      if (deflated.length < content.length) {
        return deflated;
      }
    }
    return ByteBuffer.allocate(HEAD + content.length).put(VERSION).put(PLAIN).put(content).array();
  }

  private static byte[] deflate(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 2);
    out.writeBytes(
        ByteBuffer.allocate(DEFLATED_HEAD)
            .put(VERSION)
            .put(DEFLATED)
            .putInt(content.length)
            .array());
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(content);
      deflater.finish();
      byte[] chunk = new byte[Math.min(content.length, 1 << 16)];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static InputValue open(byte[] bytes) throws DamagedException {
    try {
      return JsonForm.read(new String(content(bytes), UTF_8));
    } catch (InvalidRequestException e) {
      throw new DamagedException("it was altered: " + e.getMessage());
    }
  }

  static KeyParts openParts(byte[] bytes) throws DamagedException {
    return PackedParts.unpack(content(bytes));
  }

  private static byte[] content(byte[] bytes) throws DamagedException {
    if (bytes.length < HEAD) {
      throw new DamagedException("it is cut off: it has " + bytes.length + " bytes");
    } else if (bytes[0] != VERSION) {
      throw new DamagedException(
          "it has version " + bytes[0] + ", and this code reads version " + VERSION);
    } else if (bytes[1] == PLAIN) {
      return Arrays.copyOfRange(bytes, HEAD, bytes.length);
    } else if (bytes[1] != DEFLATED || bytes.length < DEFLATED_HEAD) {
      throw new DamagedException("it was altered: its second byte is " + bytes[1]);
    }
    try {
      return inflate(bytes);
    } catch (DataFormatException e) {
      throw new DamagedException("it was altered: " + e.getMessage());
    }
  }

  private static byte[] inflate(byte[] bytes) throws DamagedException, DataFormatException {
    int length = ByteBuffer.wrap(bytes).getInt(HEAD);
    if (length < 0 || length > MOST_BYTES || length / MOST_RATIO > bytes.length) {
      throw new DamagedException("it was altered: it says that it has " + length + " bytes");
    }
    byte[] content = new byte[length + 1]; // One more than there should be, and the checksum.
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, DEFLATED_HEAD, bytes.length - DEFLATED_HEAD);
      int read = 0;
      while (read <= length && !inflater.finished() && !inflater.needsInput()) {
        read += inflater.inflate(content, read, content.length - read);
        if (inflater.needsDictionary()) { // It would for ever: there is none.
          throw new DamagedException("it was altered: it asks for a dictionary");
        }
      }
      if (read > length) {
        throw new DamagedException("it was altered: it has more than " + length + " bytes");
      } else if (read < length || !inflater.finished()) {
        throw new DamagedException("it is cut off: " + read + " of " + length + " bytes are there");
      }
      return Arrays.copyOf(content, length);
    } finally {
      inflater.end();
    }
  }
}
