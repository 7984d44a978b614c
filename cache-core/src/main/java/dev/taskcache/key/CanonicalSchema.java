package dev.taskcache.key;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An output schema whose definitions carry no names of their own: those that are not recursive are
 * inlined, the others numbered in the order in which a walk meets them.
 */
record CanonicalSchema(Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
  private static final int MOST_TYPES = 10_000;

  static CanonicalSchema of(Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
    Walk walk = new Walk(definitions);
    Place place = Place.of("outputs");
    Map<String, ValueType> sorted =
        place.locate(() -> ValueType.sorted(outputs, "an output's name"));
    Map<String, ValueType> types = walk.canonical(sorted, place, 0);
    return new CanonicalSchema(types, ValueType.sorted(walk.numbered, "a definition's name"));
  }

  private static final class Walk {
    private final Map<String, ValueType> definitions;
    private final Map<String, Boolean> recursive = new LinkedHashMap<>();
    private final Map<String, String> numbers = new LinkedHashMap<>();
    private final Map<String, ValueType> numbered = new LinkedHashMap<>();
    private int types;

    Walk(Map<String, ValueType> definitions) {
      this.definitions = definitions;
    }

    private ValueType canonical(ValueType type, Place place, int depth) {
      if (depth > CanonicalWriter.MOST_DEPTH) {
        throw Depth.exceeded(place);
      }
      if (type instanceof ValueType.RefType ref) {
        return resolve(ref, place, depth);
      }
      if (++types > MOST_TYPES) {
        throw new InvalidRequestException(
            place,
            "the schema has more than " + MOST_TYPES + " types; declare a part of it as any");
      }
      if (type instanceof ValueType.ListType list) {
        return new ValueType.ListType(canonical(list.element(), place.field("list"), depth + 1));
      } else if (type instanceof ValueType.MapType map) {
        return new ValueType.MapType(canonical(map.value(), place.field("map"), depth + 1));
      } else if (type instanceof ValueType.OptionalType optional) {
        return new ValueType.OptionalType(
            canonical(optional.value(), place.field("optional"), depth + 1));
      } else if (type instanceof ValueType.RecordType record) {
        return new ValueType.RecordType(
            canonical(record.fields(), place.field("record"), depth + 1));
      }
      return type;
    }

    private Map<String, ValueType> canonical(Map<String, ValueType> named, Place place, int depth) {
      Map<String, ValueType> result = new LinkedHashMap<>();
      named.forEach((name, type) -> result.put(name, canonical(type, place.field(name), depth)));
      return result;
    }

    private ValueType resolve(ValueType.RefType ref, Place place, int depth) {
      String name = definedName(ref, place);
      ValueType definition = definition(name, place);
      if (!recursive.computeIfAbsent(name, this::isRecursive)) {
        return canonical(definition, place, depth);
      }
      String known = numbers.get(name);
      if (known == null) {
        known = Integer.toString(numbers.size());
        numbers.put(name, known);
        numbered.put(known, canonical(definition, Place.of("definitions").field(name), depth + 1));
      }
      return new ValueType.RefType(known);
    }

    /** Follows definitions that are mere refs to the one that has a type. */
    private String definedName(ValueType.RefType ref, Place place) {
      Set<String> passed = new HashSet<>();
      String name = ref.name();
      while (definition(name, place) instanceof ValueType.RefType next) {
        if (!passed.add(name)) {
          throw new InvalidRequestException(
              place, "the definition \"" + name + "\" is only itself; give it a type");
        }
        name = next.name();
      }
      return name;
    }

    private ValueType definition(String name, Place place) {
      ValueType definition = definitions.get(name);
      if (definition == null) {
        throw new InvalidRequestException(
            place, "there is no definition \"" + name + "\"; add it to definitions");
      }
      return definition;
    }

    private boolean isRecursive(String name) {
      Set<String> reached = new HashSet<>();
      Deque<ValueType> todo = new ArrayDeque<>();
      todo.add(definition(name, Place.of("definitions")));
      while (!todo.isEmpty()) {
        ValueType type = todo.remove();
        if (!(type instanceof ValueType.RefType ref)) {
          todo.addAll(type.parts());
        } else if (reached.add(ref.name()) && definitions.containsKey(ref.name())) {
          todo.add(definition(ref.name(), Place.of("definitions")));
        }
      }
      return reached.contains(name);
    }
  }
}
