package dev.taskcache.kfp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two switches of which one says that a task is cached, and the other that it is not. */
public enum KfpContradiction {
  /** The task is on, the compiler's default off. */
  TASK_ON_COMPILER_OFF(KfpSwitch.ENABLE_CACHE, KfpSwitch.COMPILER_DEFAULT, true),
  /** The task is on, the sub-pipeline around it off. */
  TASK_ON_GROUP_OFF(KfpSwitch.ENABLE_CACHE, KfpSwitch.GROUP_OPTIONS, false),
  /** The sub-pipeline around it is on, the task off. */
  GROUP_ON_TASK_OFF(KfpSwitch.GROUP_OPTIONS, KfpSwitch.ENABLE_CACHE, false),
  /** The task is on, the run that is submitted off. */
  TASK_ON_RUN_OFF(KfpSwitch.ENABLE_CACHE, KfpSwitch.RUN_ENABLE_CACHING, false),
  /** The run that is submitted is on, the task off. */
  RUN_ON_TASK_OFF(KfpSwitch.RUN_ENABLE_CACHING, KfpSwitch.ENABLE_CACHE, true),
  /** The task is on, the installation off. */
  TASK_ON_SERVER_OFF(KfpSwitch.ENABLE_CACHE, KfpSwitch.CACHE_ENABLED_V2, false),
  /** The run that is submitted is on, the installation off. */
  RUN_ON_SERVER_OFF(KfpSwitch.RUN_ENABLE_CACHING, KfpSwitch.CACHE_ENABLED_V2, false),
  /** A label that the cache server reads is on, the one that the SDK writes off. */
  SERVER_LABEL_ON_SDK_LABEL_OFF(
      KfpSwitch.LABEL_CACHE_ENABLED, KfpSwitch.LABEL_ENABLE_CACHING, false),
  /** The label that the SDK writes is on, the one that the cache server reads off. */
  SDK_LABEL_ON_SERVER_LABEL_OFF(
      KfpSwitch.LABEL_ENABLE_CACHING, KfpSwitch.LABEL_CACHE_ENABLED, false),
  /** The label is on, the annotation allows no age. */
  LABEL_ON_STALENESS_ZERO(KfpSwitch.LABEL_CACHE_ENABLED, KfpSwitch.MAX_CACHE_STALENESS, false),
  /** The annotation allows an age, the cache server's default none. */
  STALENESS_ON_DEFAULT_OFF(KfpSwitch.MAX_CACHE_STALENESS, KfpSwitch.DEFAULT_CACHE_STALENESS, true),
  /** The annotation allows an age, the cache server's maximum none. */
  STALENESS_ON_MAXIMUM_OFF(KfpSwitch.MAX_CACHE_STALENESS, KfpSwitch.MAXIMUM_CACHE_STALENESS, false),
  /** The label was set by hand, the installation is off. */
  LABEL_ON_SERVER_OFF(KfpSwitch.LABEL_CACHE_ENABLED, KfpSwitch.CACHE_ENABLED_V1, false);

  /** What comes of it. */
  public enum Verdict {
    /** The task is cached. */
    CACHED("cached"),
    /** The task is not cached. */
    NOT_CACHED("not cached"),
    /** One of the two reaches some tasks only; the other tasks do as the other says. */
    PARTLY("in part"),
    /** The release obeys neither as far as is known. */
    UNCONFIRMED("not confirmed");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /**
     * The verdict in words, for tables.
     *
     * @return for instance {@code not cached}
     */
    public String words() {
      return words;
    }
  }

  private final KfpSwitch on;
  private final KfpSwitch off;
  private final boolean onIsStronger;

  KfpContradiction(KfpSwitch on, KfpSwitch off, boolean onIsStronger) {
    this.on = on;
    this.off = off;
    this.onIsStronger = onIsStronger;
  }

  /**
   * The switch that says that the task is cached.
   *
   * @return one of two
   */
  public KfpSwitch on() {
    return on;
  }

  /**
   * The switch that says that it is not.
   *
   * @return the other
   */
  public KfpSwitch off() {
    return off;
  }

  /**
   * Which of the two a release obeys.
   *
   * @param release the release
   * @return whether the task is cached then
   */
  public Verdict in(KfpRelease release) {
    if (isUnconfirmed(release)) {
      return Verdict.UNCONFIRMED;
    }
    KfpSwitch winner = winner(release);
    if (winner == stronger() && winner.in(release) == KfpObedience.PARTLY) {
      return Verdict.PARTLY;
    }
    return winner == on ? Verdict.CACHED : Verdict.NOT_CACHED;
  }

  /**
   * Which of the two a release obeys where both reach the task.
   *
   * @param release the release
   * @return {@link #on} or {@link #off}; empty if it is not confirmed
   */
  public Optional<KfpSwitch> obeyed(KfpRelease release) {
    return isUnconfirmed(release) ? Optional.empty() : Optional.of(winner(release));
  }

  /**
   * The contradiction in words.
   *
   * @param release the release that is asked about
   * @return which two switches they are, and which of them the release obeys; in Markdown
   */
  public String sentence(KfpRelease release) {
    String both = on.written() + " is on and " + off.written() + " is off: ";
    return both
        + obeyed(release)
            .map(
                each ->
                    release + " obeys the " + (each == on ? "first: cached" : "second: not cached"))
            .orElse("which of them " + release + " obeys is not confirmed");
  }

  /** The contradictions between switches of which each says on or off. */
  static List<KfpContradiction> among(Map<KfpSwitch, Boolean> said) {
    return Arrays.stream(values())
        .filter(
            each ->
                Boolean.TRUE.equals(said.get(each.on)) && Boolean.FALSE.equals(said.get(each.off)))
        .toList();
  }

  private boolean isUnconfirmed(KfpRelease release) {
    return on.in(release) == KfpObedience.UNCONFIRMED
        || off.in(release) == KfpObedience.UNCONFIRMED;
  }

  private KfpSwitch stronger() {
    return onIsStronger ? on : off;
  }

  private KfpSwitch winner(KfpRelease release) {
    KfpSwitch stronger = stronger();
    return stronger.in(release).counts() ? stronger : stronger == on ? off : on;
  }
}
