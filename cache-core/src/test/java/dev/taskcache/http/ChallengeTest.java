package dev.taskcache.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What servers write into {@code WWW-Authenticate}. */
class ChallengeTest {
  private static List<Challenge> parse(String... headers) {
    return Challenge.parse(List.of(headers));
  }

  @Test
  void aBearersParametersAreQuoted() {
    assertThat(
            parse(
                "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                    + "scope=\"repository:library/alpine:pull,push\""))
        .containsExactly(
            new Challenge(
                "bearer",
                Map.of(
                    "realm", "https://auth.docker.io/token",
                    "service", "registry.docker.io",
                    "scope", "repository:library/alpine:pull,push")));
  }

  @Test
  void severalStandInOneHeaderOrInSeveral() {
    List<Challenge> both =
        List.of(
            new Challenge("basic", Map.of("realm", "a \"b\"")),
            new Challenge("bearer", Map.of("realm", "c", "error", "d")));

    assertThat(parse("Basic realm=\"a \\\"b\\\"\", BEARER Realm = c , error=\"d\""))
        .isEqualTo(both);
    assertThat(parse("Basic realm=\"a \\\"b\\\"\"", "Bearer realm=c, error=d")).isEqualTo(both);
  }

  @Test
  void aSchemeMayHaveNoParametersOrATokenInstead() {
    assertThat(parse("Negotiate", "NTLM TlRMTVNTUAAC==, Basic realm=\"x\""))
        .extracting(Challenge::scheme)
        .containsExactly("negotiate", "ntlm", "basic");
  }

  @Test
  void whatCannotBeReadEndsIt() {
    assertThat(parse("", " , ", "\"\"", "Bearer realm=\"open")).hasSizeLessThan(2);
    assertThat(parse("realm=\"nobody's\"")).isEmpty();
    assertThat(parse("Bearer realm=\"" + "\\\"".repeat(50_000) + "\"")).isEmpty();
    assertThat(parse("Bearer realm=\"" + "\\\"".repeat(4_000) + "\"")).hasSize(1);
  }
}
