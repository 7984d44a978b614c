package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.taskcache.NotCacheableException;
import dev.taskcache.TaskRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * No input gives anything but a key or the documented exception. In an ordinary test run each test
 * sees its seeds only; with {@code JAZZER_FUZZ=1} and one test selected Jazzer searches on.
 */
class KeyFuzzTest {
  private static final int MOST_ELEMENTS = 6;

  @FuzzTest(maxDuration = "20s")
  void requestReader(FuzzedDataProvider data) {
    String json = data.consumeRemainingAsString();
    try {
      CacheKey key = TaskRequest.fromJson(json).key(ImageDigestResolver.NONE).key();
      assertThat(TaskRequest.fromJson(json).key(ImageDigestResolver.NONE).key()).isEqualTo(key);
    } catch (InvalidRequestException | NotCacheableException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "20s")
  void encoder(FuzzedDataProvider data) {
    InputValue one = value(data, 5);
    InputValue other = value(data, 5);

    assertThat(JsonForm.read(JsonForm.write(one))).isEqualTo(one);
    assertThat(ValueDigest.of(one).equals(ValueDigest.of(other))).isEqualTo(one.equals(other));
  }

  private static InputValue value(FuzzedDataProvider data, int depth) {
    int form = data.consumeInt(0, depth == 0 ? 6 : 9);
    try {
      return switch (form) {
        case 0 -> InputValue.Null.NULL;
        case 1 -> new InputValue.Bool(data.consumeBoolean());
        case 2 -> new InputValue.Int(data.consumeLong());
        case 3 -> new InputValue.Float64(data.consumeDouble());
        case 4 -> new InputValue.Bytes(data.consumeBytes(MOST_ELEMENTS));
        case 5 ->
            new InputValue.Decimal(
                BigDecimal.valueOf(data.consumeLong(), data.consumeInt(-99, 99)));
        case 6 -> new InputValue.Text(data.consumeString(MOST_ELEMENTS));
        case 7 ->
            new InputValue.Artifact(
                "t" + data.consumeString(MOST_ELEMENTS),
                null,
                "u" + data.consumeString(MOST_ELEMENTS),
                InputValue.MapValue.EMPTY);
        case 8 -> {
          List<InputValue> elements = new ArrayList<>();
          for (int i = data.consumeInt(0, MOST_ELEMENTS); i > 0; i--) {
            elements.add(value(data, depth - 1));
          }
          yield new InputValue.ListValue(elements);
        }
        default -> {
          Map<String, InputValue> entries = new LinkedHashMap<>();
          for (int i = data.consumeInt(0, MOST_ELEMENTS); i > 0; i--) {
            entries.put(data.consumeString(MOST_ELEMENTS), value(data, depth - 1));
          }
          yield new InputValue.MapValue(entries);
        }
      };
    } catch (InvalidRequestException e) {
      return InputValue.Null.NULL; // A lone surrogate, which has no encoding.
    }
  }
}
