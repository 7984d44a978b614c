package dev.taskcache.kfp;

/** What a release of Kubeflow does with a switch of caching. */
public enum KfpObedience {
  /** It does what the switch says. */
  OBEYED("obeyed"),
  /** It does so in some cases only; {@link KfpSwitch#meaning} says in which. */
  PARTLY("in part"),
  /** The switch can be set, and nothing reads it. */
  IGNORED("ignored"),
  /** The release does not have the switch. */
  ABSENT("not there"),
  /** It could not be confirmed what it does. */
  UNCONFIRMED("not confirmed");

  private final String words;

  KfpObedience(String words) {
    this.words = words;
  }

  /**
   * The answer in words, for tables.
   *
   * @return for instance {@code not there}
   */
  public String words() {
    return words;
  }

  boolean counts() {
    return this == OBEYED || this == PARTLY;
  }
}
