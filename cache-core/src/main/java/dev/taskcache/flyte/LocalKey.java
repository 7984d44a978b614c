package dev.taskcache.flyte;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The key of flytekit's local cache: task, version, and MD5 of the pickled bytes of the inputs. */
final class LocalKey {
  private static final byte[] PICKLE_PROTOCOL_3 = {(byte) 0x80, 3};
  private static final int LONG_FORM = 256;

  private LocalKey() {}

  /** The version as it was given: unlike the server, flytekit does not trim it. */
  static String of(String task, String version, Message counted) {
    return task + "-" + version + "-" + HexFormat.of().formatHex(digest(WireForm.write(counted)));
  }

  private static byte[] digest(byte[] bytes) {
    MessageDigest md5;
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    md5.update(PICKLE_PROTOCOL_3);
    if (bytes.length < LONG_FORM) {
      md5.update(new byte[] {'C', (byte) bytes.length});
    } else {
      md5.update((byte) 'B');
      md5.update(
          ByteBuffer.allocate(Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(bytes.length)
              .array());
    }
    md5.update(bytes);
    return md5.digest(new byte[] {'.'});
  }
}
