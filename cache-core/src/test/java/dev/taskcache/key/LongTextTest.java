package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTextTest {
  private static final int ROUNDS = 300 * Integer.getInteger("taskcache.tests.scale", 1);

  // The last of each is where the next kind of char begins.
  private static final int[][] SCRIPTS = {
    {0x80}, {0x80, 0x100}, {0x80, 0x800}, {0x800, 0xd800}, {0x80, 0xd800, 0x110000}, {0x110000}
  };

  @Test
  void everyTextHasTheSizeAndBytesThatThePlatformGivesIt() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String text = text(random, 1 + random.nextInt(3 * 4_096));
      byte[] expected = text.getBytes(StandardCharsets.UTF_8);
      EncodedBytes kept = new EncodedBytes(null);
      new LongText(text).encode(kept);
      assertThat(new LongText(text).measure()).as("seed %d", seed).isEqualTo(expected.length);
      assertThat(kept.toBytes()).as("seed %d", seed).isEqualTo(expected);
      assertThat(CanonicalWriter.digesting().text(text).toDigest())
          .as("seed %d", seed)
          .isEqualTo(Sha256.of(CanonicalWriter.keeping().text(text).toBytes()));
    }
  }

  @Test
  void aLoneSurrogateIsFoundWhereverItIs() {
    for (int at : new int[] {0, 1, 4_094, 4_095, 4_096, 4_097, 8_191, 9_999}) {
      for (String filling : new String[] {"a", "é", "ж", "語"}) {
        for (String lone : new String[] {"\ud83d", "\ude00"}) {
          String text = filling.repeat(at) + lone + filling.repeat(9_999 - at);
          assertThat(new LongText(text).measure()).as("%s at %d", filling, at).isEqualTo(~at);
        }
      }
    }
  }

  @Test
  void aPairAcrossTwoChunksIsAPair() {
    String text = "a".repeat(4_095) + "😀" + "a".repeat(4_000);
    assertThat(new LongText(text).measure()).isEqualTo(text.length() + 2);
  }

  private static String text(Random random, int length) {
    int[] limits = SCRIPTS[random.nextInt(SCRIPTS.length)];
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int point = random.nextInt(limits[random.nextInt(limits.length)]);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }
}
