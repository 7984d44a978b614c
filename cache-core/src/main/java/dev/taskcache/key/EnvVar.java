package dev.taskcache.key;

/**
 * An environment variable of a component.
 *
 * @param name not empty
 * @param value may be empty
 */
public record EnvVar(String name, String value) {
  /** Refuses an empty name. */
  public EnvVar {
    Utf8.checkName(name, Place.root(), "an environment variable's name");
    Utf8.check(value, Place.root());
  }
}
