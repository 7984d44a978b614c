package dev.taskcache.flyte;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages from protobuf bytes; the only class that knows protobuf-java. Not thread-safe. */
final class WireMessages {
  private final CodedInputStream in;
  private final Limits limits = new Limits();

  private WireMessages(byte[] bytes) {
    this.in = CodedInputStream.newInstance(bytes);
  }

  static Message read(MessageType type, byte[] bytes) {
    Limits.checkSize(bytes.length);
    Message message = new Message(type);
    new WireMessages(bytes).fill(message, Place.root());
    return message;
  }

  /** Reads the fields up to the present limit into a message, as protobuf merges them. */
  private void fill(Message message, Place place) {
    Place spot = place;
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        ProtoField field = message.type().field(WireFormat.getTagFieldNumber(tag));
        spot = field == null ? place : place.field(field.json());
        if (field == null) {
          throw unknown(WireFormat.getTagFieldNumber(tag), message.type().name(), place);
        } else if (WireFormat.getTagWireType(tag) != wireType(field)) {
          throw new InvalidRequestException(
              spot,
              "is written as wire type "
                  + WireFormat.getTagWireType(tag)
                  + " and must be "
                  + wireType(field)
                  + "; is this a message of another kind?");
        }
        read(message, field, spot);
        spot = place;
      }
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidRequestException(spot, "not protobuf: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    check(message, place);
  }

  private static InvalidRequestException unknown(int number, String type, Place place) {
    return new InvalidRequestException(
        place,
        "has a field "
            + number
            + ", which "
            + type
            + " of Flyte does not have; is this a message of another kind, or of a newer Flyte?");
  }

  private static void check(Message message, Place place) {
    switch (message.type().name()) {
      case CommonMessages.TIMESTAMP, CommonMessages.DURATION -> JsonTimes.check(message, place);
      case CommonMessages.VALUE -> {
        if (message.which("kind") == null) {
          throw new InvalidRequestException(
              place,
              "a Value must be a null, number, text, bool, struct or list; Flyte fails on it");
        }
      }
      default -> {}
    }
  }

  private void read(Message message, ProtoField field, Place place) throws IOException {
    if (field.kind() instanceof ProtoKind.PassedOver) {
      in.skipRawBytes(in.readRawVarint32());
      return;
    }
    Object before = message.get(field);
    switch (field.cardinality()) {
      case ONE -> message.set(field, value(field, before, place));
      case LIST -> {
        @SuppressWarnings("unchecked") // put there just below
        List<Object> list = before == null ? new ArrayList<>() : (List<Object>) before;
        list.add(value(field, null, place.index(list.size())));
        message.set(field, list);
      }
      case MAP -> {
        @SuppressWarnings("unchecked") // put there just below
        Map<String, Object> map =
            before == null ? new LinkedHashMap<>() : (Map<String, Object>) before;
        entry(map, field, place);
        message.set(field, map);
      }
    }
  }

  private Object value(ProtoField field, @Nullable Object before, Place place) throws IOException {
    limits.count(place);
    if (field.kind() instanceof ProtoKind.Nested nested) {
      Message message =
          before instanceof Message earlier ? earlier : new Message(FlyteMessages.of(nested));
      int outer = in.pushLimit(in.readRawVarint32());
      limits.inside(
          place,
          () -> {
            fill(message, place);
            return message;
          });
      in.popLimit(outer);
      return message;
    } else if (field.kind() instanceof ProtoKind.Choice) {
      return (long) in.readEnum();
    }
    return switch ((ProtoKind.Scalar) field.kind()) {
      case STRING -> in.readStringRequireUtf8();
      case BYTES -> new InputValue.Bytes(in.readByteArray());
      case BOOL -> in.readBool();
      case INT32 -> (long) in.readInt32();
      case UINT32 -> in.readUInt32() & 0xffff_ffffL;
      case INT64 -> in.readInt64();
      case UINT64 -> in.readUInt64();
      case DOUBLE -> in.readDouble();
    };
  }

  /** An entry is a message of a key, 1, and a value, 2, either of which may be left out. */
  private void entry(Map<String, Object> map, ProtoField field, Place place) throws IOException {
    limits.count(place);
    int outer = in.pushLimit(in.readRawVarint32());
    String key = "";
    Object value = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int number = WireFormat.getTagFieldNumber(tag);
      if (number > 2 || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        throw unknown(number, "an entry", place.field(key));
      } else if (number == 1) {
        key = in.readStringRequireUtf8();
      } else {
        value = value(field, value, place.field(key));
      }
    }
    in.popLimit(outer);
    if (value == null) {
      value =
          field.kind() instanceof ProtoKind.Nested nested
              ? new Message(FlyteMessages.of(nested))
              : "";
      if (value instanceof Message message) {
        check(message, place.field(key));
      }
    }
    map.put(key, value);
  }

  private static int wireType(ProtoField field) {
    if (field.cardinality() == ProtoField.Cardinality.MAP) {
      return WireFormat.WIRETYPE_LENGTH_DELIMITED;
    } else if (field.kind() instanceof ProtoKind.Choice) {
      return WireFormat.WIRETYPE_VARINT;
    } else if (field.kind() instanceof ProtoKind.Scalar scalar) {
      return switch (scalar) {
        case STRING, BYTES -> WireFormat.WIRETYPE_LENGTH_DELIMITED;
        case DOUBLE -> WireFormat.WIRETYPE_FIXED64;
        case BOOL, INT32, UINT32, INT64, UINT64 -> WireFormat.WIRETYPE_VARINT;
      };
    }
    return WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }
}
