package dev.taskcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.InvalidRequestException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which level decides an option, and how far an administrator lets it. */
class OptionResolverTest {
  private static Layer layer(Level level, CachingOptions.Builder options) {
    return new Layer(level, level + "'s place", options.build());
  }

  private static Layer mode(Level level, Mode mode) {
    return layer(level, CachingOptions.builder().mode(mode));
  }

  private static Layer age(Level level, int days) {
    return layer(level, CachingOptions.builder().maxAge(Duration.ofDays(days)));
  }

  private static Limits limits(Mode mode) {
    return new Limits(mode, null, Verification.NONE, "the administrator");
  }

  @ParameterizedTest
  @EnumSource
  void theMostSpecificLevelWinsAndTheTraceNamesIt(Level most) {
    List<Layer> layers = new ArrayList<>();
    for (Level level : Level.values()) {
      if (level.compareTo(most) <= 0) {
        layers.add(0, age(level, 10 + level.ordinal()));
      }
    }

    ResolvedOptions resolved = OptionResolver.resolve(layers, Limits.NONE);

    assertThat(resolved.maxAge()).contains(Duration.ofDays(10 + most.ordinal()));
    assertThat(resolved.setting("maxAge").level()).isEqualTo(most);
    assertThat(resolved.setting("maxAge").where()).isEqualTo(most + "'s place");
    assertThat(resolved.mode()).as("an option that nobody set").isEqualTo(Mode.READ_WRITE);
    assertThat(resolved.setting("mode").toString())
        .isEqualTo("mode = READ_WRITE (LIBRARY, the library's default)");
  }

  @Test
  void eachOptionIsDecidedByItself() {
    ResolvedOptions resolved =
        OptionResolver.resolve(
            List.of(age(Level.PIPELINE, 7), mode(Level.RUN, Mode.REFRESH)), Limits.NONE);

    assertThat(resolved.mode()).isEqualTo(Mode.REFRESH);
    assertThat(resolved.maxAge()).contains(Duration.ofDays(7));
  }

  @Test
  void aPipelineInsideAnotherIsTheMoreSpecificOne() {
    Layer outer =
        new Layer(Level.PIPELINE, "outer", CachingOptions.builder().mode(Mode.OFF).build());
    Layer inner =
        new Layer(Level.PIPELINE, "inner", CachingOptions.builder().mode(Mode.READ_WRITE).build());

    ResolvedOptions resolved = OptionResolver.resolve(List.of(outer, inner), Limits.NONE);

    assertThat(resolved.mode()).isEqualTo(Mode.READ_WRITE);
    assertThat(resolved.setting("mode").where()).isEqualTo("inner");
  }

  @ParameterizedTest
  @CsvSource({
    "READ_WRITE, READ_WRITE, READ_WRITE",
    "READ_WRITE, READ_ONLY, READ_ONLY",
    "READ_WRITE, OFF, OFF",
    "READ_ONLY, READ_WRITE, READ_ONLY",
    "READ_ONLY, OFF, OFF",
    "REFRESH, READ_WRITE, REFRESH",
    "REFRESH, READ_ONLY, OFF",
    "OFF, READ_WRITE, OFF",
    "OFF, READ_ONLY, OFF"
  })
  void anAdministratorNarrowsTheModeAndNeverWidensIt(Mode wanted, Mode limit, Mode expected) {
    ResolvedOptions resolved =
        OptionResolver.resolve(List.of(mode(Level.RUN, wanted)), limits(limit));

    assertThat(resolved.mode()).isEqualTo(expected);
    assertThat(resolved.setting("mode").level())
        .isEqualTo(wanted == expected ? Level.RUN : Level.ADMINISTRATOR);
  }

  @ParameterizedTest
  @CsvSource({"3, 7, 3", "7, 3, 3", ", 3, 3", "3, , 3", ", ,"})
  void anAdministratorLowersTheAge(Integer wanted, Integer limit, Integer expected) {
    List<Layer> layers = wanted == null ? List.of() : List.of(age(Level.RUN, wanted));
    Duration most = limit == null ? null : Duration.ofDays(limit);
    Limits limits = new Limits(Mode.READ_WRITE, most, Verification.NONE, "the administrator");

    assertThat(OptionResolver.resolve(layers, limits).oldest())
        .isEqualTo(expected == null ? null : Duration.ofDays(expected));
  }

  @Test
  void anAdministratorRaisesTheVerification() {
    Layer task = layer(Level.TASK, CachingOptions.builder().verification(Verification.NONE));
    Limits limits = new Limits(Mode.READ_WRITE, null, Verification.DIGEST, "the administrator");

    assertThat(OptionResolver.resolve(List.of(task), limits).verification())
        .isEqualTo(Verification.DIGEST);
    assertThat(OptionResolver.resolve(List.of(task), Limits.NONE).verification())
        .isEqualTo(Verification.NONE);
  }

  @Test
  void theShareOfSamplesIsResolvedAndTracedLikeEveryOption() {
    Layer pipeline =
        layer(
            Level.PIPELINE,
            CachingOptions.builder().reproducibility(0.5).stopWhenNotReproducible(true));
    Layer task = layer(Level.TASK, CachingOptions.builder().reproducibility(0.25));

    ResolvedOptions resolved =
        OptionResolver.resolve(
            List.of(task, pipeline, mode(Level.RUN, Mode.READ_ONLY)), Limits.NONE);

    assertThat(resolved.reproducibility()).isEqualTo(0.25);
    assertThat(resolved.setting("reproducibility").toString())
        .isEqualTo("reproducibility = 0.25 (TASK, TASK's place)");
    assertThat(resolved.stopWhenNotReproducible()).isTrue();
    assertThat(OptionResolver.resolve(List.of(), Limits.NONE).reproducibility()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "ENTRY_TOO_OLD, maxAge",
    "OUTPUT_MISSING, verification",
    "WAIT_TIMED_OUT, waitForRunning",
    "STORE_FAILED, failOnStoreFailure",
    "REPRODUCIBILITY_SAMPLE, reproducibility",
    "ENTRY_FOUND, mode",
    "CACHING_OFF, mode"
  })
  void eachReasonComesDownToAnOptionWithItsLevel(Reason reason, String field) {
    ResolvedOptions resolved = OptionResolver.resolve(List.of(), Limits.NONE);
    assertThat(resolved.decidedBy(reason).field()).isEqualTo(field);
    assertThat(resolved.decidedBy(reason)).isSameAs(resolved.setting(field));
  }

  @Test
  void whatALimitOverrulesIsToldUnlessNobodyAskedForIt() {
    Limits limits = new Limits(Mode.READ_ONLY, Duration.ofDays(1), Verification.NONE, "the admin");

    ResolvedOptions resolved = OptionResolver.resolve(List.of(age(Level.TASK, 7)), limits);

    assertThat(resolved.overruled())
        .extracting(Overruled::toString)
        .containsExactly(
            "maxAge = PT168H (TASK, TASK's place) is overruled by"
                + " maxAge = PT24H (ADMINISTRATOR, the admin)");
  }

  @Test
  void limitsCanOnlyBeTightened() {
    Limits strict =
        new Limits(Mode.READ_ONLY, Duration.ofDays(1), Verification.DIGEST, "the company");
    Limits loose = new Limits(Mode.READ_WRITE, Duration.ofDays(9), Verification.NONE, "the team");

    for (Limits both : List.of(strict.and(loose), loose.and(strict))) {
      assertThat(both.mode()).isEqualTo(Mode.READ_ONLY);
      assertThat(both.maxAge()).isEqualTo(Duration.ofDays(1));
      assertThat(both.verification()).isEqualTo(Verification.DIGEST);
    }
    assertThat(Limits.NONE.and(strict)).isEqualTo(strict);
  }

  @Test
  void whatCannotBeIsRefusedWithWhatToWriteInstead() {
    assertThatThrownBy(() -> CachingOptions.builder().maxAge("7 days"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("maxAge")
        .hasMessageContaining("P7D");
    assertThatThrownBy(() -> CachingOptions.builder().maxAge("P1M"))
        .hasMessageContaining("no fixed length");
    assertThatThrownBy(() -> CachingOptions.builder().maxAge("PT-1S"))
        .hasMessageContaining("zero or more");
    assertThatThrownBy(() -> CachingOptions.builder().version("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> CachingOptions.builder().customKey("")).hasMessageContaining("empty");
    assertThatThrownBy(() -> CachingOptions.builder().mode(Mode.OFF).maxAge("P1D").build())
        .hasMessageContaining("another mode");
    assertThatThrownBy(
            () -> CachingOptions.builder().customKey("k").ignoredInputs(List.of("x")).build())
        .hasMessageContaining("leave one of both out");
    assertThatThrownBy(() -> limits(Mode.REFRESH)).hasMessageContaining("no limit");
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> CachingOptions.builder().reproducibility(share))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("reproducibility: is " + share)
          .hasMessageContaining("0.05 for 5 %");
    }
    assertThatThrownBy(
            () -> CachingOptions.builder().mode(Mode.READ_ONLY).reproducibility(0.1).build())
        .hasMessageContaining("which mode READ_ONLY does not do");
  }
}
