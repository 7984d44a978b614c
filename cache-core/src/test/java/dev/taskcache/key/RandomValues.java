package dev.taskcache.key;

import dev.taskcache.key.InputValue.Artifact;
import dev.taskcache.key.InputValue.Bool;
import dev.taskcache.key.InputValue.Bytes;
import dev.taskcache.key.InputValue.Decimal;
import dev.taskcache.key.InputValue.Float64;
import dev.taskcache.key.InputValue.Int;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.InputValue.Null;
import dev.taskcache.key.InputValue.Secret;
import dev.taskcache.key.InputValue.Text;
import dev.taskcache.key.InputValue.Timestamp;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Value trees of all forms from a seed; small enough that equal ones come up again. */
final class RandomValues {
  private static final String[] WORDS = {
    "",
    "a",
    "b",
    "ab",
    "$",
    "$ref",
    "$decimal",
    "$$",
    "1",
    "null",
    "é",
    "e\u0301",
    "\uffff",
    "\ud83d\ude00",
    "\u0000",
    "\"\\",
    "\u2028",
    "type",
    "digest"
  };
  private static final double[] FLOATS = {
    0.0,
    -0.0,
    1.0,
    -1.5,
    0.1,
    65504,
    65520,
    5.9604644775390625e-8,
    1e-40,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final String[] DECIMALS = {
    "0", "0.00", "1", "1.0", "100", "-1.50", "1e400", "1e-7"
  };

  private final Random random;

  RandomValues(long seed) {
    this.random = new Random(seed);
  }

  InputValue value(int depth) {
    return switch (random.nextInt(depth > 0 ? 14 : 10)) {
      case 0 -> Null.NULL;
      case 1 -> new Bool(random.nextBoolean());
      case 2 -> new Int(integer());
      case 3 -> new Float64(number());
      case 4 -> new Decimal(decimal());
      case 5 -> new Text(text());
      case 6 -> new Bytes(text().getBytes(StandardCharsets.UTF_8));
      case 7 -> new Timestamp(instant());
      case 8 -> new Secret(name(), name());
      case 9 -> artifact(depth);
      case 10, 11 -> list(depth - 1);
      default -> map(depth - 1);
    };
  }

  MapValue map(int depth) {
    Map<String, InputValue> entries = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      entries.put(text(), value(depth));
    }
    return new MapValue(entries);
  }

  private ListValue list(int depth) {
    List<InputValue> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(value(depth));
    }
    return new ListValue(elements);
  }

  /** Never both digest and URI: then the URI would not count. */
  private Artifact artifact(int depth) {
    MapValue metadata = depth > 1 ? map(depth - 2) : MapValue.EMPTY;
    return switch (random.nextInt(metadata.entries().isEmpty() ? 2 : 3)) {
      case 0 -> new Artifact(name(), "sha256:" + "0a".repeat(32), null, metadata);
      case 1 -> new Artifact(name(), null, name(), metadata);
      default -> new Artifact(name(), null, null, metadata);
    };
  }

  private BigInteger integer() {
    BigInteger power = BigInteger.TWO.pow(random.nextInt(70));
    return (random.nextBoolean() ? power : power.negate())
        .add(BigInteger.valueOf(random.nextInt(3) - 1));
  }

  private double number() {
    return random.nextInt(4) == 0
        ? Double.longBitsToDouble(random.nextLong())
        : FLOATS[random.nextInt(FLOATS.length)];
  }

  private BigDecimal decimal() {
    return random.nextInt(4) == 0
        ? new BigDecimal(integer(), random.nextInt(40) - 20)
        : new BigDecimal(DECIMALS[random.nextInt(DECIMALS.length)]);
  }

  private Instant instant() {
    long second = random.nextBoolean() ? random.nextInt(3) - 1 : random.nextInt() * 25L;
    return Instant.ofEpochSecond(second, random.nextBoolean() ? 0 : random.nextInt(1_000) * 1_000);
  }

  private String text() {
    return WORDS[random.nextInt(WORDS.length)]
        + (random.nextInt(3) == 0 ? WORDS[random.nextInt(WORDS.length)] : "");
  }

  private String name() {
    return "n" + text();
  }

  /** The same value, its maps put together in another order. */
  InputValue reordered(InputValue value) {
    if (value instanceof ListValue list) {
      return new ListValue(list.elements().stream().map(this::reordered).toList());
    } else if (value instanceof MapValue map) {
      List<String> keys = new ArrayList<>(map.entries().keySet());
      Collections.shuffle(keys, random);
      Map<String, InputValue> entries = new LinkedHashMap<>();
      keys.forEach(key -> entries.put(key, reordered(map.entries().get(key))));
      return new MapValue(entries);
    }
    return value;
  }

  /** Another value, which differs in one place. */
  InputValue edited(InputValue value) {
    if (random.nextInt(8) == 0) {
      return new ListValue(List.of(value));
    } else if (value instanceof ListValue list) {
      return editedList(list);
    } else if (value instanceof MapValue map) {
      return editedMap(map);
    } else if (value instanceof Bool bool) {
      return new Bool(!bool.value());
    } else if (value instanceof Int integer) {
      return random.nextBoolean()
          ? new Int(integer.value().add(BigInteger.ONE))
          : new Decimal(new BigDecimal(integer.value()));
    } else if (value instanceof Float64 number) {
      double next = Math.nextUp(number.value());
      return new Float64(Double.compare(next, number.value()) == 0 ? 0 : next);
    } else if (value instanceof Decimal decimal) {
      return new Decimal(decimal.value().add(BigDecimal.ONE));
    } else if (value instanceof Text text) {
      return random.nextBoolean()
          ? new Text(text.value() + "\u0000")
          : new Bytes(text.value().getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Bytes bytes) {
      return new Bytes(Arrays.copyOf(bytes.value(), bytes.value().length + 1));
    } else if (value instanceof Timestamp timestamp) {
      return random.nextBoolean()
          ? new Timestamp(timestamp.value().plusNanos(1))
          : new Text(Timestamps.format(timestamp.value()));
    } else if (value instanceof Secret secret) {
      return new Secret(secret.version() + "x", secret.name());
    } else if (value instanceof Artifact artifact) {
      return new Artifact(
          artifact.type() + "x", artifact.digest(), artifact.uri(), artifact.metadata());
    }
    return new Text("");
  }

  private InputValue editedList(ListValue list) {
    List<InputValue> elements = new ArrayList<>(list.elements());
    if (elements.isEmpty() || random.nextInt(3) == 0) {
      elements.add(random.nextInt(elements.size() + 1), new ListValue(List.of()));
    } else {
      int index = random.nextInt(elements.size());
      elements.set(index, edited(elements.get(index)));
    }
    return new ListValue(elements);
  }

  private InputValue editedMap(MapValue map) {
    Map<String, InputValue> entries = new LinkedHashMap<>(map.entries());
    if (entries.isEmpty() || random.nextInt(3) == 0) {
      entries.put("a key of its own", Null.NULL);
      return new MapValue(entries);
    }
    String key = List.copyOf(entries.keySet()).get(random.nextInt(entries.size()));
    InputValue old = entries.remove(key);
    switch (random.nextInt(3)) {
      case 0 -> entries.put("a key of its own", old);
      case 1 -> entries.put(key, edited(old));
      default -> entries.remove(key);
    }
    return new MapValue(entries);
  }
}
