package dev.taskcache.jdbc;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The messages that go over a connection of PostgreSQL's, in one direction. */
final class PostgresWire {
  private final DataInputStream from;

  PostgresWire(InputStream from) {
    this.from = new DataInputStream(from);
  }

  /**
   * One message.
   *
   * @param type its letter; 0 for the first of a client, which has none
   * @param bytes all of it, the letter and the length included
   */
  record Message(char type, byte[] bytes) {
    private static final int HEAD = 5;

    /** The statement that a client's Parse message brings; empty for others. */
    String sql() {
      if (type != 'P') {
        return "";
      }
      String rest = new String(bytes, HEAD, bytes.length - HEAD, StandardCharsets.UTF_8);
      return rest.split("\0", -1)[1];
    }

    /** Whether a server has done what it was asked to, and committed it. */
    boolean isReady() {
      return type == 'Z';
    }
  }

  /** A client's first message. */
  Message first() throws IOException {
    return rest((char) 0, ByteBuffer.allocate(0));
  }

  /** The next message; null at the end. */
  Message next() throws IOException {
    int type = from.read();
    return type < 0 ? null : rest((char) type, ByteBuffer.wrap(new byte[] {(byte) type}));
  }

  private Message rest(char type, ByteBuffer letter) throws IOException {
    int length = from.readInt();
    byte[] bytes = new byte[letter.remaining() + length];
    ByteBuffer.wrap(bytes).put(letter).putInt(length);
    int at = bytes.length - length + Integer.BYTES;
    if (from.readNBytes(bytes, at, bytes.length - at) < bytes.length - at) {
      throw new EOFException("in a message");
    }
    return new Message(type, bytes);
  }
}
