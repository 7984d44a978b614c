package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GoNumbersTest {
  @Test
  void knownOnes() {
    Map.ofEntries(
            Map.entry(0.0, "0"),
            Map.entry(-0.0, "-0"),
            Map.entry(5.0, "5"),
            Map.entry(-1.5, "-1.5"),
            Map.entry(0.1, "0.1"),
            Map.entry(100.0, "100"),
            Map.entry(1e20, "100000000000000000000"),
            Map.entry(1e21, "1e+21"),
            Map.entry(1.5e300, "1.5e+300"),
            Map.entry(999999999999999900000.0, "999999999999999900000"),
            Map.entry(1e-6, "0.000001"),
            Map.entry(9.99e-7, "9.99e-7"),
            Map.entry(1e-10, "1e-10"),
            Map.entry(9007199254740993.0, "9007199254740992"),
            Map.entry(9223372036854775807.0, "9223372036854776000"),
            // Double.toString of JDK 17 has a digit too many for these
            Map.entry(2.0e-3, "0.002"),
            Map.entry(2e23, "2e+23"),
            Map.entry(2.2e-322, "2.2e-322"),
            Map.entry(Double.MIN_VALUE, "5e-324"),
            Map.entry(Double.MIN_NORMAL, "2.2250738585072014e-308"),
            Map.entry(Double.MAX_VALUE, "1.7976931348623157e+308"),
            // The nearest decimal of 16 digits is another double; the one above is not.
            Map.entry(0x1p-44, "5.684341886080802e-14"),
            Map.entry(9.5367431640625e-7, "9.5367431640625e-7"))
        .forEach((number, text) -> assertThat(GoNumbers.text(number)).isEqualTo(text));
  }

  @Test
  void eachReadsBackAndNoShorterOneDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int rounds = 20_000 * Integer.getInteger("taskcache.tests.scale", 1);
    for (int i = 0; i < rounds; i++) {
      double number = number(random);
      String text = GoNumbers.text(number);
      String about = "seed " + seed + ", bits " + Double.doubleToLongBits(number);
      assertThat(Double.parseDouble(text)).as(about).isEqualTo(number);
      BigDecimal written = new BigDecimal(text).stripTrailingZeros();
      int digits = written.precision();
      if (digits > 1) {
        BigDecimal exact = new BigDecimal(number);
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
          BigDecimal shorter = exact.round(new MathContext(digits - 1, mode));
          assertThat(shorter.doubleValue()).as(about + ", " + shorter).isNotEqualTo(number);
        }
      }
      assertThat(text.contains("e"))
          .as(about)
          .isEqualTo(Math.abs(number) < 1e-6 || Math.abs(number) >= 1e21);
    }
  }

  /** Any bits, a short decimal, or the edge of a power of two. */
  private static double number(Random random) {
    while (true) {
      double number =
          switch (random.nextInt(3)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(1_000_000) * Math.pow(10, random.nextInt(40) - 20);
            default ->
                Double.longBitsToDouble(
                    Double.doubleToLongBits(Math.scalb(1.0, random.nextInt(2_090) - 1_070))
                        + random.nextInt(3)
                        - 1);
          };
      if (Double.isFinite(number) && number != 0) {
        return number;
      }
    }
  }
}
