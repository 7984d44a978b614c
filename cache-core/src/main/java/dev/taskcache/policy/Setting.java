package dev.taskcache.policy;

import dev.taskcache.explain.Level;

/**
 * One option as it applies, and who decided it.
 *
 * @param field the option's name, as its method in {@link CachingOptions} is called
 * @param value the value, as text
 * @param level the level that decided
 * @param where where on that level it was set
 */
public record Setting(String field, String value, Level level, String where) {
  @Override
  public String toString() {
    return field + " = " + value + " (" + level + ", " + where + ")";
  }
}
