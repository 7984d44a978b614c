package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.JsonForm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * How values are kept in a column: a byte with the version of this form, one that says whether the
 * rest is compressed, and JSON in UTF-8 ({@code docs/key-format.md}, section 8). Compressed JSON
 * (zlib, RFC 1950) has its length before it, four bytes, so that nothing is inflated further.
 */
final class Envelope {
  private static final byte VERSION = 1;
  private static final byte PLAIN = 0;
  private static final byte DEFLATED = 1;
  private static final int HEAD = 2;
  private static final int DEFLATED_HEAD = HEAD + Integer.BYTES;
  // Below this a compressed text is hardly ever smaller.
  private static final int COMPRESSED_FROM = 200;
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
    byte[] json = JsonForm.write(value).getBytes(UTF_8);
    if (json.length >= COMPRESSED_FROM) {
      byte[] deflated = deflate(json);
      if (deflated.length < json.length) {
        return deflated;
      }
    }
    return ByteBuffer.allocate(HEAD + json.length).put(VERSION).put(PLAIN).put(json).array();
  }

  private static byte[] deflate(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 2);
    out.writeBytes(
        ByteBuffer.allocate(DEFLATED_HEAD).put(VERSION).put(DEFLATED).putInt(json.length).array());
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(json);
      deflater.finish();
      byte[] chunk = new byte[Math.min(json.length, 1 << 16)];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  static InputValue open(byte[] bytes) throws DamagedException {
    if (bytes.length < HEAD) {
      throw new DamagedException("it is cut off: it has " + bytes.length + " bytes");
    } else if (bytes[0] != VERSION) {
      throw new DamagedException(
          "it has version " + bytes[0] + ", and this code reads version " + VERSION);
    }
    try {
      return JsonForm.read(json(bytes));
    } catch (InvalidRequestException | DataFormatException e) {
      throw new DamagedException("it was altered: " + e.getMessage());
    }
  }

  private static String json(byte[] bytes) throws DamagedException, DataFormatException {
    if (bytes[1] == PLAIN) {
      return new String(bytes, HEAD, bytes.length - HEAD, UTF_8);
    } else if (bytes[1] != DEFLATED || bytes.length < DEFLATED_HEAD) {
      throw new DamagedException("it was altered: its second byte is " + bytes[1]);
    }
    int length = ByteBuffer.wrap(bytes).getInt(HEAD);
    if (length < 0 || length > MOST_BYTES || length / MOST_RATIO > bytes.length) {
      throw new DamagedException("it was altered: it says that it has " + length + " bytes");
    }
    return inflate(bytes, length);
  }

  private static String inflate(byte[] bytes, int length)
      throws DamagedException, DataFormatException {
    byte[] json = new byte[length + 1]; // One more than there should be, and then the checksum.
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes, DEFLATED_HEAD, bytes.length - DEFLATED_HEAD);
      int read = 0;
      while (read <= length && !inflater.finished() && !inflater.needsInput()) {
        read += inflater.inflate(json, read, json.length - read);
      }
      if (read > length) {
        throw new DamagedException("it was altered: it has more than " + length + " bytes");
      } else if (read < length || !inflater.finished()) {
        throw new DamagedException("it is cut off: " + read + " of " + length + " bytes are there");
      }
      return new String(json, 0, length, UTF_8);
    } finally {
      inflater.end();
    }
  }
}
