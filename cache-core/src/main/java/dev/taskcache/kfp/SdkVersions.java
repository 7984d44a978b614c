package dev.taskcache.kfp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which versions of the SDK compile for which release. */
final class SdkVersions {
  private static final Pattern VERSION = Pattern.compile("kfp-(\\d{1,4})\\.(\\d{1,4})\\..*");

  /** Up to this minor the SDK and the releases were numbered apart; from the next on, alike. */
  private static final int LAST_APART = 13;

  private SdkVersions() {}

  static void check(Spec spec, KfpRelease release, Findings findings) {
    Spec.Sdk sdk = spec.sdk();
    if (sdk == null) {
      return;
    }
    Matcher version = VERSION.matcher(sdk.version());
    if (!version.matches()) {
      return;
    }
    boolean v1 = version.group(1).equals("1");
    if (release == KfpRelease.V1_8 && !v1) {
      add(findings, sdk, "is for the v2 engine, which " + release + " does not have", "1.8");
    } else if (release != KfpRelease.V1_8 && v1) {
      add(findings, sdk, "writes fields of old, which " + release + " takes for nothing", "2");
    } else if (!v1 && Integer.parseInt(version.group(2)) > newest(release)) {
      String newest = newest(release) == LAST_APART ? "2.13 or older" : "2." + newest(release);
      add(findings, sdk, "is newer than " + release + " and may write what it ignores", newest);
    }
  }

  private static void add(Findings findings, Spec.Sdk sdk, String problem, String instead) {
    findings.add(
        KfpFinding.Kind.SDK_VERSION,
        sdk.spot(),
        "the SDK " + sdk.version() + " " + problem,
        "compile with kfp "
            + instead
            + "; lightweight components have the SDK's version in their words, so that all keys"
            + " change with it");
  }

  private static int newest(KfpRelease release) {
    return switch (release) {
      case V1_8, V2_0_5, V2_2_0, V2_4, V2_5 -> LAST_APART;
      case V2_14 -> 14;
      case V2_15 -> 16;
      case V2_17 -> 17;
      case AFTER -> Integer.MAX_VALUE;
    };
  }
}
