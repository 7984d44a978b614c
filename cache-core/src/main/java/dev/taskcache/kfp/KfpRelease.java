package dev.taskcache.kfp;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Kubeflow Pipelines, as far as its caching differs from that of the one before.
 * Releases that are not listed compute what the newest listed one before them does.
 */
public enum KfpRelease {
  /** 1.8, the last with the v1 engine only. */
  V1_8("1.8"),
  /** 2.0.5, and all of 2.0 and 2.1: the v2 engine. */
  V2_0_5("2.0.5"),
  /** 2.2.0, and 2.3. */
  V2_2_0("2.2.0"),
  /** 2.4: built with Go 1.22, whose JSON has short escapes for U+0008 and U+000C. */
  V2_4("2.4"),
  /** 2.5: {@code executor-logs} is an output artifact of every task. */
  V2_5("2.5"),
  /** 2.14: {@code CACHEENABLED} reaches the v2 engine. */
  V2_14("2.14"),
  /** 2.15, and 2.16: names of mounted volume claims are in the key. */
  V2_15("2.15"),
  /** 2.17. */
  V2_17("2.17"),
  /**
   * What was merged after 2.17 and was in no release when this was written: {@code cacheKey},
   * environment variables in the key, the namespace in v1 keys.
   */
  AFTER("after");

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\.\\d{1,4})?");

  private final String label;

  KfpRelease(String label) {
    this.label = label;
  }

  /**
   * Finds a release by its number.
   *
   * @param text for instance {@code 2.15}, {@code 2.3.0} or {@code after}
   * @return the newest listed release that is not newer; empty if the text is no number, or one of
   *     a release that was not known when this was written
   */
  public static Optional<KfpRelease> of(String text) {
    if (text.equals(AFTER.label)) {
      return Optional.of(AFTER);
    }
    Matcher numbers = NUMBERS.matcher(text);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    return Arrays.stream(values())
        .filter(each -> each != AFTER && each.major() == major && each.minor() <= minor)
        .filter(each -> minor <= (major == 1 ? V1_8 : V2_17).minor())
        .reduce((older, newer) -> newer);
  }

  /**
   * The number of the release.
   *
   * @return as {@link #of} reads it
   */
  public String label() {
    return label;
  }

  /**
   * Whether names of mounted volume claims are in the v2 fingerprint.
   *
   * @return true from 2.15 on
   */
  public boolean hashesVolumes() {
    return isFrom(V2_15);
  }

  /**
   * Whether, where log publishing is on, {@code executor-logs} is among the output artifacts.
   *
   * @return true from 2.5 on
   */
  public boolean addsExecutorLogs() {
    return isFrom(V2_5);
  }

  /**
   * Whether environment variables are in the v2 fingerprint.
   *
   * @return true after 2.17
   */
  public boolean hashesEnvironment() {
    return isFrom(AFTER);
  }

  /**
   * Whether U+0008 and U+000C are written {@code \b} and {@code \f} before they are hashed, and not
   * as {@code \u0008} and {@code \u000c}.
   *
   * @return true from 2.4 on
   */
  public boolean writesShortEscapes() {
    return isFrom(V2_4);
  }

  /**
   * Whether the namespace is in the key of the v1 cache server.
   *
   * @return true after 2.17
   */
  public boolean hashesNamespace() {
    return isFrom(AFTER);
  }

  boolean isFrom(KfpRelease first) {
    return compareTo(first) >= 0;
  }

  private int major() {
    return this == V1_8 ? 1 : 2;
  }

  private int minor() {
    return Integer.parseInt(label.split("\\.", -1)[1]);
  }

  @Override
  public String toString() {
    return label;
  }
}
