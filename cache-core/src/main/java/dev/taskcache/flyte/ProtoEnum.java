package dev.taskcache.flyte;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names of an enum; a name's index is its number. */
record ProtoEnum(List<String> names) {

  static ProtoEnum of(String... names) {
    return new ProtoEnum(List.of(names));
  }

  /** The number's name; null if it has none. */
  @Nullable String name(int number) {
    return number >= 0 && number < names.size() ? names.get(number) : null;
  }
}
