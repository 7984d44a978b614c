package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys as text and as identity. */
class CacheKeyTest {
  private static final String HEX = "00ff".repeat(16);

  @Test
  void aKeyIsReadBackFromItsText() {
    CacheKey key = CacheKey.parse("k1:" + HEX);
    assertThat(key).hasToString("k1:" + HEX);
    assertThat(key.scheme()).isEqualTo(CacheKey.K1);
    assertThat(key.digest()).hasSize(32).startsWith(0x00, 0xff);
  }

  @Test
  void keysAreEqualByTheirSchemeAndDigest() {
    CacheKey key = CacheKey.parse("k1:" + HEX);
    CacheKey same = CacheKey.parse("k1:" + HEX);
    assertThat(key).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(key).isNotEqualTo(CacheKey.parse("kfp1:" + HEX));
    assertThat(key).isNotEqualTo(CacheKey.parse("k1:" + "00fe".repeat(16)));
    assertThat(key).isNotEqualTo("k1:" + HEX);
  }

  @Test
  void theHashCodeIsTheBeginningOfTheDigest() {
    assertThat(CacheKey.parse("k1:" + "89abcdef".repeat(8)).hashCode()).isEqualTo(0x89abcdef);
  }

  @Test
  void theDigestIsACopy() {
    CacheKey key = CacheKey.parse("k1:" + HEX);
    key.digest()[0] = 1;
    assertThat(key).hasToString("k1:" + HEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "k1",
        "k1:",
        "K1:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        "k1:00FF00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        "k1:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00f",
        "k1:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff0",
        "k1:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff\n",
        " k1:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        "k:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff",
        "k1:00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00fg"
      })
  void aTextThatIsNoKeyIsRefused(String text) {
    assertThatThrownBy(() -> CacheKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a cache key: \"" + text + "\"");
  }
}
