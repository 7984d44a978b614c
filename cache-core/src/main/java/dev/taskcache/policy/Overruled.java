package dev.taskcache.policy;

/**
 * An option of which a limit allows less than was asked for.
 *
 * @param wanted what was asked for, and on which level
 * @param applied what applies, and where the limit was set
 */
public record Overruled(Setting wanted, Setting applied) {
  @Override
  public String toString() {
    return wanted + " is overruled by " + applied;
  }
}
