package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the encoder writes, a CBOR library that knows nothing of it reads as the same values. */
class IndependentDecoderTest {
  private static final int ROUNDS = 2_000 * Integer.getInteger("taskcache.tests.scale", 1);
  private static final int TAG_TIMESTAMP = 0;
  private static final int TAG_NEGATIVE = 3;
  private static final int TAG_DECIMAL = 4;
  private static final int TAG_OBJECT = 27;

  @Test
  void randomValuesComeBackAsThemselves() {
    IntStream.range(0, ROUNDS)
        .forEach(
            seed -> {
              InputValue value = new RandomValues(seed).value(4);
              byte[] encoded = CanonicalWriter.encode(value);
              assertThat(read(CBORObject.DecodeFromBytes(encoded)))
                  .as("seed %d: %s", seed, HexFormat.of().formatHex(encoded))
                  .isEqualTo(read(value));
            });
  }

  @Test
  void everyGoldenDocumentIsOneWellFormedItem() {
    GoldenVectors.read("taskcache-1.json")
        .forEach(
            vector ->
                vector
                    .get("documents")
                    .forEach(
                        document ->
                            assertThat(
                                    CBORObject.DecodeFromBytes(
                                            HexFormat.of().parseHex(document.asText()))
                                        .getType())
                                .as(vector.get("name").asText())
                                .isIn(CBORType.Map, CBORType.Array)));
  }

  /** A decoded item as plain Java, by what RFC 8949 says of its types and tags. */
  private static @Nullable Object read(CBORObject item) {
    if (item.HasMostOuterTag(TAG_TIMESTAMP)) {
      return Instant.parse(item.Untag().AsString());
    } else if (item.HasMostOuterTag(TAG_DECIMAL)) {
      CBORObject parts = item.UntagOne();
      BigInteger mantissa = integer(parts.get(1));
      return new BigDecimal(mantissa, -parts.get(0).AsInt32Value());
    } else if (item.HasMostOuterTag(TAG_OBJECT)) {
      return List.of("object", items(item.UntagOne()));
    }
    if (item.isTagged()) {
      return integer(item);
    }
    return switch (item.getType()) {
      case Boolean -> item.AsBoolean();
      case SimpleValue -> null;
      case Integer -> integer(item);
      case FloatingPoint -> item.AsDoubleValue();
      case TextString -> item.AsString();
      case ByteString -> HexFormat.of().formatHex(item.GetByteString());
      case Array -> items(item);
      case Map -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (CBORObject key : item.getKeys()) {
          entries.put(key.AsString(), read(item.get(key)));
        }
        yield entries;
      }
      default -> throw new AssertionError(item);
    };
  }

  private static BigInteger integer(CBORObject item) {
    if (!item.isTagged()) {
      return new BigInteger(item.ToJSONString());
    }
    BigInteger magnitude = new BigInteger(1, item.Untag().GetByteString());
    return item.HasMostOuterTag(TAG_NEGATIVE) ? magnitude.not() : magnitude;
  }

  private static List<@Nullable Object> items(CBORObject array) {
    List<@Nullable Object> items = new ArrayList<>();
    for (CBORObject element : array.getValues()) {
      items.add(read(element));
    }
    return items;
  }

  /** The same plain Java from a value, without the encoder. */
  private static @Nullable Object read(InputValue value) {
    if (value instanceof InputValue.Text text) {
      return text.value();
    } else if (value instanceof InputValue.Int integer) {
      return integer.value();
    } else if (value instanceof InputValue.Float64 number) {
      return number.value();
    } else if (value instanceof InputValue.Bool bool) {
      return bool.value();
    } else if (value instanceof InputValue.Decimal decimal) {
      return decimal.value();
    } else if (value instanceof InputValue.Bytes bytes) {
      return HexFormat.of().formatHex(bytes.value());
    } else if (value instanceof InputValue.Timestamp timestamp) {
      return timestamp.value();
    } else if (value instanceof InputValue.ListValue list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.elements().forEach(element -> items.add(read(element)));
      return items;
    } else if (value instanceof InputValue.MapValue map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      map.entries().forEach((name, entry) -> entries.put(name, read(entry)));
      return entries;
    } else if (value instanceof InputValue.Secret secret) {
      return List.of("object", List.of("secret", secret.name(), secret.version()));
    } else if (value instanceof InputValue.Artifact artifact) {
      return List.of("object", parts(artifact));
    }
    return null;
  }

  private static List<@Nullable Object> parts(InputValue.Artifact artifact) {
    List<@Nullable Object> parts = new ArrayList<>();
    boolean at = artifact.digest() == null && artifact.uri() != null;
    parts.add(at ? "artifact-at" : "artifact");
    parts.add(artifact.type());
    parts.add(at ? artifact.uri() : artifact.digest());
    if (!artifact.metadata().entries().isEmpty()) {
      parts.add(read(artifact.metadata()));
    }
    return parts;
  }
}
