package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.jdbc.Envelope.DamagedException;
import dev.taskcache.key.InputValue;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
  private static InputValue text(int length) {
    return InputValue.of(Map.of("text", "x".repeat(length)));
  }

  private static void assertDamaged(byte[] bytes, String message) {
    assertThatThrownBy(() -> Envelope.open(bytes))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 1_011, 1_012, 1_013, 1_014, 100_000, 3_000_000})
  void whatIsSealedIsOpened(int length) throws Exception {
    InputValue value = text(length);
    assertThat(Envelope.open(Envelope.seal(value))).isEqualTo(value);
  }

  /** {"text":"x…"} has 11 characters beside the text. */
  @Test
  void fromOneKibibyteOnTheyAreCompressed() {
    assertThat(Envelope.seal(text(1_012))).hasSize(2 + 1_023).startsWith(1, 0);
    assertThat(Envelope.seal(text(1_013))).hasSizeLessThan(50).startsWith(1, 1);
  }

  @Test
  void whatCompressionWouldMakeLargerIsNotCompressed() {
    byte[] noise = new byte[400];
    new Random(1).nextBytes(noise);
    StringBuilder text = new StringBuilder();
    for (byte each : noise) {
      text.append((char) (0x4e00 + (each & 0xff) * 80)); // three bytes each, hardly ever the same
    }
    InputValue value = InputValue.of(text.toString());
    int plain = 2 + 2 + 3 * noise.length;
    assertThat(Envelope.seal(value).length).isLessThanOrEqualTo(plain);
  }

  @Test
  void anUnknownVersionIsNamed() {
    byte[] sealed = Envelope.seal(text(5));
    sealed[0] = 2;
    assertDamaged(sealed, "it has version 2, and this code reads version 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 5_000})
  void everyShorterOneIsDamaged(int length) {
    byte[] sealed = Envelope.seal(text(length));
    for (int cut = 0; cut < sealed.length; cut++) {
      assertDamaged(Arrays.copyOf(sealed, cut), "it ");
    }
    assertDamaged(Arrays.copyOf(sealed, 1), "it is cut off: it has 1 bytes");
  }

  @Test
  void oneOfAnotherLengthThanItSaysIsDamaged() {
    byte[] sealed = Envelope.seal(text(5_000));
    ByteBuffer.wrap(sealed).putInt(2, 5_012);
    assertDamaged(sealed, "it is cut off: 5011 of 5012 bytes are there");
    ByteBuffer.wrap(sealed).putInt(2, 5_010);
    assertDamaged(sealed, "it was altered: it has more than 5010 bytes");
  }

  /** Nothing that a row says makes the reader take more memory than zlib could have filled. */
  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, 256 << 20, 10_000_000, -1})
  void oneThatSaysWhatCannotBeIsDamaged(int length) {
    byte[] sealed = Envelope.seal(text(5_000));
    ByteBuffer.wrap(sealed).putInt(2, length);
    assertDamaged(sealed, "it says that it has " + length + " bytes");
  }

  @Test
  void anUnknownFormIsDamaged() {
    byte[] sealed = Envelope.seal(text(5));
    sealed[1] = 7;
    assertDamaged(sealed, "its second byte is 7");
  }

  /** It used to read on for ever. */
  @Test
  void oneThatAsksForADictionaryIsDamaged() {
    byte[] sealed = Envelope.seal(text(5_000));
    int flags = sealed[7] | 0x20;
    int sum = (sealed[6] & 0xff) * 256 + (flags & 0xe0);
    sealed[7] = (byte) ((flags & 0xe0) + (31 - sum % 31) % 31); // a multiple of 31, as zlib wants
    assertDamaged(sealed, "it asks for a dictionary");
  }

  /** What the outputs' digest would find is not this class's: another value is none. */
  @Test
  void anAlteredOneIsDamagedOrAnotherValueAndTheReadingEnds() {
    Random random = new Random(20);
    byte[] sealed = Envelope.seal(text(5_000));
    int damaged = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] altered = sealed.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 + random.nextInt(255));
      try {
        assertThat(Envelope.open(altered)).isNotNull();
      } catch (DamagedException e) {
        damaged++;
      }
    }
    assertThat(damaged).as("of 20000, with seed 20").isGreaterThan(15_000);
  }
}
