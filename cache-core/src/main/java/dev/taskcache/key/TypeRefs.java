package dev.taskcache.key;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The check that every ref in a type has a definition, and that no type nests too deeply. */
final class TypeRefs {
  private final Set<String> defined;
  // A fault of depth is the whole type's, and its own path would be too long to read.
  private final Place whole;

  private TypeRefs(Set<String> defined, Place whole) {
    this.defined = defined;
    this.whole = whole;
  }

  static void check(ValueType type, Set<String> defined, Place place) {
    new TypeRefs(defined, place).check(type, place, 0);
  }

  static void checkAll(Map<String, ValueType> types, Set<String> defined, Place place) {
    types.forEach((name, type) -> check(type, defined, place.field(name)));
  }

  private void check(ValueType type, Place place, int depth) {
    if (type instanceof ValueType.RefType ref && !defined.contains(ref.name())) {
      throw new InvalidRequestException(
          place.field("ref"),
          "there is no definition \""
              + ref.name()
              + "\" here; add it to definitions, or write the type out");
    } else if (type instanceof ValueType.ListType list) {
      check(list.element(), place.field("list"), Depth.below(depth, whole));
    } else if (type instanceof ValueType.MapType map) {
      check(map.value(), place.field("map"), Depth.below(depth, whole));
    } else if (type instanceof ValueType.OptionalType optional) {
      check(optional.value(), place.field("optional"), Depth.below(depth, whole));
    } else if (type instanceof ValueType.RecordType record) {
      Place fields = place.field("record");
      for (Map.Entry<String, ValueType> field : record.fields().entrySet()) {
        check(field.getValue(), fields.field(field.getKey()), Depth.below(depth, whole));
      }
    }
  }

  /** Types by name, in the order of the format; the names are not empty. */
  static Map<String, ValueType> sorted(Map<String, ValueType> types, String what) {
    TreeMap<String, ValueType> sorted = new TreeMap<>(Utf8.ORDER);
    types.forEach((name, type) -> sorted.put(Utf8.checkName(name, Place.root(), what), type));
    return Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
  }
}
