package dev.taskcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InputValue;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CachePolicyTest {
  private static final CachePolicy VERSION = CachePolicy.version("2");
  private static final CachePolicy SALT = CachePolicy.salt("spring");

  @Test
  void theOrderDoesNotMatter() {
    CachePolicy both = SALT.and(VERSION).and(CachePolicy.INPUTS);
    CachePolicy turned = CachePolicy.INPUTS.and(VERSION.and(SALT));

    assertThat(both).isEqualTo(turned).hasSameHashCodeAs(turned);
    assertThat(both.values()).isEqualTo(turned.values());
    assertThat(both).isNotEqualTo(SALT.and(VERSION));
  }

  @Test
  void contributesTheVersionToTheVersionAndTheRestByName() {
    CachePolicy policy = SALT.and(VERSION).and(CachePolicy.of("git", () -> "abc"));

    assertThat(policy.version()).contains("2");
    assertThat(policy.values())
        .isEqualTo(Map.of("salt", InputValue.of("spring"), "git", InputValue.of("abc")));
  }

  @Test
  void twoOfOneNameMustAgree() {
    assertThat(SALT.and(CachePolicy.salt("spring"))).isEqualTo(SALT);
    assertThatThrownBy(() -> SALT.and(CachePolicy.salt("autumn")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two policies are called salt");
  }
}
