package dev.taskcache.key;

/** Half-precision numbers (IEEE 754 binary16), which Java 17 cannot convert by itself. */
final class HalfFloat {
  /** What {@link #bits} returns for a number that no half-precision number equals. */
  static final int INEXACT = -1;

  private static final int SINGLE_BIAS = 127;
  private static final int HALF_BIAS = 15;
  private static final int DROPPED_BITS = 13;

  private HalfFloat() {}

  /** Returns the 16 bits of the half-precision number equal to this one, which is not NaN. */
  static int bits(float value) {
    int single = Float.floatToRawIntBits(value);
    int sign = single >>> 16 & 0x8000;
    int exponent = single >>> 23 & 0xff;
    int fraction = single & 0x7fffff;
    if (exponent == 0xff) {
      return sign | 0x7c00;
    }
    if (exponent == 0 && fraction == 0) {
      return sign;
    }
    int halfExponent = exponent - SINGLE_BIAS + HALF_BIAS;
    if (halfExponent >= 0x1f) {
      return INEXACT;
    }
    if (halfExponent > 0) {
      return hasLowBits(fraction, DROPPED_BITS)
          ? INEXACT
          : sign | halfExponent << 10 | fraction >>> DROPPED_BITS;
    }
    // A subnormal half: the leading one becomes explicit and moves right.
    int significand = fraction | 0x800000;
    int shift = DROPPED_BITS + 1 - halfExponent;
    return shift > 24 || hasLowBits(significand, shift) ? INEXACT : sign | significand >>> shift;
  }

  private static boolean hasLowBits(int bits, int count) {
    return (bits & ((1 << count) - 1)) != 0;
  }
}
