package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskRequest;
import dev.taskcache.jdbc.Envelope.DamagedException;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.KeyParts.Part;
import dev.taskcache.key.OutputSchema;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PackedPartsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "00",
        "0a1b",
        "0A1B",
        "0a1",
        "xy",
        "sha256:",
        "sha256:00ff",
        "sha256:00FF",
        "sha256:0",
        "größer",
        "\uD83D\uDE00",
        "00000000000000000000000000000000",
        "int",
        "\0"
      })
  void keepsEveryText(String text) throws DamagedException {
    KeyParts parts = parts(new Part(text, Map.of(text, text, "a", ""), Map.of("b", text)));
    assertThat(PackedParts.unpack(PackedParts.pack(parts))).isEqualTo(parts);
  }

  @Test
  void keepsEveryPart() throws DamagedException {
    Map<KeyPart, Part> each = new EnumMap<>(KeyPart.class);
    for (KeyPart part : KeyPart.values()) {
      each.put(part, new Part(part.word(), Map.of(), Map.of()));
    }
    KeyParts parts = new KeyParts(each);
    assertThat(PackedParts.unpack(PackedParts.pack(parts))).isEqualTo(parts);
  }

  @Test
  void keepsTheOrderOfPlaces() throws DamagedException {
    Map<String, String> places = new LinkedHashMap<>();
    List.of("z", "config.layers[10]", "config.layers[9]", "a")
        .forEach(place -> places.put(place, "0011223344556677"));
    KeyParts parts = parts(new Part("ab", places, Map.of()));
    assertThat(PackedParts.unpack(PackedParts.pack(parts)).places(KeyPart.INPUTS).keySet())
        .containsExactlyElementsOf(places.keySet());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 200})
  void keepsWhatARequestHas(int inputs) throws DamagedException {
    KeyParts parts = request(inputs, true);
    assertThat(Envelope.openParts(Envelope.seal(parts))).isEqualTo(parts);
  }

  /** Of the 900 bytes that an entry may take: docs/performance.md. */
  @Test
  void tenInputsTakeFewBytes() {
    assertThat(Envelope.seal(request(10, false)).length).isLessThan(500);
  }

  @Test
  void whatIsCutOffIsDamaged() {
    byte[] packed = PackedParts.pack(request(3, true));
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> PackedParts.unpack(cut))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("cut off");
    }
  }

  @Test
  void whatIsAlteredIsDamaged() {
    assertThatThrownBy(() -> PackedParts.unpack(new byte[] {1, 100, 0, 0, 0}))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("no part 100");
    assertThatThrownBy(() -> PackedParts.unpack(new byte[] {1, 0, 7, 100}))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("no beginning");
    assertThatThrownBy(() -> PackedParts.unpack(new byte[] {-1, -1, -1, -1, -1}))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("too large");
  }

  private static KeyParts parts(Part inputs) {
    return new KeyParts(Map.of(KeyPart.INPUTS, inputs));
  }

  private static KeyParts request(int inputs, boolean keepValues) {
    TaskRequest.Builder request =
        TaskRequest.builder(ComponentSpec.named("train"))
            .version("3")
            .outputs(OutputSchema.parse("{\"model\":{\"artifact\":\"system.Model\"}}"));
    for (int i = 0; i < inputs; i++) {
      request.input("learning_rate_" + i, 0.5 * i);
    }
    return request.build().key(ImageDigestResolver.NONE).parts(keepValues);
  }
}
