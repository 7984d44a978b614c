package dev.taskcache.key;

import java.util.Map;
import java.util.Set;

/** The check that every ref in a type has a definition. */
final class TypeRefs {
  private TypeRefs() {}

  static void check(ValueType type, Set<String> defined, Place place) {
    if (type instanceof ValueType.RefType ref && !defined.contains(ref.name())) {
      throw new InvalidRequestException(
          place.field("ref"),
          "there is no definition \""
              + ref.name()
              + "\" here; add it to definitions, or write the type out");
    } else if (type instanceof ValueType.ListType list) {
      check(list.element(), defined, place.field("list"));
    } else if (type instanceof ValueType.MapType map) {
      check(map.value(), defined, place.field("map"));
    } else if (type instanceof ValueType.OptionalType optional) {
      check(optional.value(), defined, place.field("optional"));
    } else if (type instanceof ValueType.RecordType record) {
      checkAll(record.fields(), defined, place.field("record"));
    }
  }

  static void checkAll(Map<String, ValueType> types, Set<String> defined, Place place) {
    for (Map.Entry<String, ValueType> type : types.entrySet()) {
      check(type.getValue(), defined, place.field(type.getKey()));
    }
  }
}
