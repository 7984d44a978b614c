package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.kfp.KfpContradiction.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KfpSwitchTest {
  private static String history(KfpSwitch each) {
    return String.join(
        " ",
        Arrays.stream(KfpRelease.values())
            .map(release -> each.in(release).name().substring(0, 1))
            .toList());
  }

  private static String history(KfpContradiction each) {
    return String.join(
        " ",
        Arrays.stream(KfpRelease.values())
            .map(release -> each.in(release).name().substring(0, 1))
            .toList());
  }

  /** Obeyed, Partly, Ignored, Absent, Unconfirmed; from 1.8 to after. */
  @Test
  void whatEachReleaseObeys() {
    assertThat(Arrays.stream(KfpSwitch.values()).map(each -> each + " " + history(each)))
        .containsExactly(
            "ENABLE_CACHE U O O O O O O O O",
            "CACHE_KEY A A A I I I I I O",
            "GROUP_OPTIONS U I I I I I I I I",
            "COMPILER_DEFAULT A A A O O O O O O",
            "RUN_ENABLE_CACHING U P P P P P P P P",
            "CACHE_ENABLED_V2 U I I I I O O O O",
            "CACHE_ENABLED_V1 U U U U U O O O O",
            "LABEL_CACHE_ENABLED O O O O O O O O O",
            "LABEL_ENABLE_CACHING I I I I I I I I I",
            "MAX_CACHE_STALENESS O O O O O O O O O",
            "DEFAULT_CACHE_STALENESS U O O O O O O O O",
            "MAXIMUM_CACHE_STALENESS U O O O O O O O O",
            "LEGACY_CACHE_MODE A A A A A A A A O");
  }

  /** Cached, Not cached, Partly, Unconfirmed; from 1.8 to after. */
  @Test
  void whichOfTwoEachReleaseObeys() {
    assertThat(Arrays.stream(KfpContradiction.values()).map(each -> each + " " + history(each)))
        .containsExactly(
            "TASK_ON_COMPILER_OFF U C C C C C C C C",
            "TASK_ON_GROUP_OFF U C C C C C C C C",
            "GROUP_ON_TASK_OFF U N N N N N N N N",
            "TASK_ON_RUN_OFF U P P P P P P P P",
            "RUN_ON_TASK_OFF U P P P P P P P P",
            "TASK_ON_SERVER_OFF U C C C C N N N N",
            "RUN_ON_SERVER_OFF U C C C C N N N N",
            "SERVER_LABEL_ON_SDK_LABEL_OFF C C C C C C C C C",
            "SDK_LABEL_ON_SERVER_LABEL_OFF N N N N N N N N N",
            "LABEL_ON_STALENESS_ZERO N N N N N N N N N",
            "STALENESS_ON_DEFAULT_OFF U C C C C C C C C",
            "STALENESS_ON_MAXIMUM_OFF U N N N N N N N N",
            "LABEL_ON_SERVER_OFF U U U U U N N N N");
  }

  @Test
  void aPodAndTheTableAgree() {
    // The files of KfpPodCachingTest say so of pods; here the table says it of releases.
    for (KfpRelease release : KfpRelease.values()) {
      assertThat(KfpContradiction.SERVER_LABEL_ON_SDK_LABEL_OFF.in(release))
          .isEqualTo(Verdict.CACHED);
      assertThat(KfpContradiction.LABEL_ON_STALENESS_ZERO.in(release))
          .isEqualTo(Verdict.NOT_CACHED);
    }
  }

  @Test
  void bothOfAContradictionAreOfOneEngine() {
    assertThat(List.of(KfpContradiction.values()))
        .allSatisfy(each -> assertThat(each.on().engine()).isEqualTo(each.off().engine()));
  }
}
