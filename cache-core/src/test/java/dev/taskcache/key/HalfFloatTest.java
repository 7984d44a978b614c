package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** All numbers of half precision, and their neighbours. */
class HalfFloatTest {
  private static float numberOf(int bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        exponent == 0x1f
            ? Float.POSITIVE_INFINITY
            : exponent == 0
                ? Math.scalb((float) fraction, -24)
                : Math.scalb(1024f + fraction, exponent - 25);
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }

  private static boolean isNumber(int bits) {
    return (bits & 0x7fff) <= 0x7c00;
  }

  @Test
  void everyNumberOfHalfPrecisionHasItsBits() {
    for (int bits = 0; bits < 0x10000; bits++) {
      if (isNumber(bits)) {
        assertThat(HalfFloat.bits(numberOf(bits))).as("%04x", bits).isEqualTo(bits);
      }
    }
  }

  @Test
  void theSinglePrecisionNeighboursOfANumberHaveNone() {
    for (int bits = 1; bits < 0x7c00; bits++) {
      float number = numberOf(bits);
      assertThat(HalfFloat.bits(Math.nextUp(number))).isEqualTo(HalfFloat.INEXACT);
      assertThat(HalfFloat.bits(-Math.nextDown(number))).isEqualTo(HalfFloat.INEXACT);
    }
    assertThat(HalfFloat.bits(Float.MIN_VALUE)).isEqualTo(HalfFloat.INEXACT);
    assertThat(HalfFloat.bits(65536f)).isEqualTo(HalfFloat.INEXACT);
    assertThat(HalfFloat.bits(Float.MAX_VALUE)).isEqualTo(HalfFloat.INEXACT);
  }
}
