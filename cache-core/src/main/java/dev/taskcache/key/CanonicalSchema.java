package dev.taskcache.key;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An output schema whose definitions carry no names of their own: those that are not recursive are
 * inlined, the others numbered in the order in which a walk meets them.
 */
record CanonicalSchema(Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
  private static final int MOST_TYPES = 10_000;

  static CanonicalSchema of(Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
    Place place = Place.of("outputs");
    Place definitionsPlace = Place.of("definitions");
    Map<String, ValueType> sorted =
        place.locate(() -> ValueType.sorted(outputs, "an output's name"));
    Map<String, ValueType> defined =
        definitionsPlace.locate(() -> ValueType.sorted(definitions, "a definition's name"));
    TypeRefs.checkAll(sorted, defined.keySet(), place);
    TypeRefs.checkAll(defined, defined.keySet(), definitionsPlace);
    Walk walk = new Walk(defined);
    defined.keySet().forEach(walk::definedName);
    Map<String, ValueType> types = new LinkedHashMap<>();
    sorted.forEach((name, type) -> types.put(name, walk.canonical(type, place.field(name), 0)));
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

    /**
     * The canonical form of a type; the place is that of the output or definition it belongs to.
     */
    private ValueType canonical(ValueType type, Place place, int depth) {
      if (type instanceof ValueType.RefType ref) {
        return resolve(ref, place, depth);
      }
      count();
      if (type instanceof ValueType.ListType list) {
        return new ValueType.ListType(inside(list.element(), place, depth));
      } else if (type instanceof ValueType.MapType map) {
        return new ValueType.MapType(inside(map.value(), place, depth));
      } else if (type instanceof ValueType.OptionalType optional) {
        return new ValueType.OptionalType(inside(optional.value(), place, depth));
      } else if (type instanceof ValueType.RecordType record) {
        Map<String, ValueType> fields = new LinkedHashMap<>();
        for (Map.Entry<String, ValueType> field : record.fields().entrySet()) {
          fields.put(field.getKey(), inside(field.getValue(), place, depth));
        }
        return new ValueType.RecordType(fields);
      }
      return type;
    }

    private ValueType inside(ValueType part, Place place, int depth) {
      return canonical(part, place, Depth.below(depth, place));
    }

    private void count() {
      if (++types > MOST_TYPES) {
        throw new InvalidRequestException(
            Place.of("outputs"),
            "the schema has more than " + MOST_TYPES + " types; declare a part of it as any");
      }
    }

    private ValueType resolve(ValueType.RefType ref, Place place, int depth) {
      String name = definedName(ref.name());
      if (!recursive.computeIfAbsent(name, this::isRecursive)) {
        return canonical(definition(name), place, depth);
      }
      count();
      String known = numbers.get(name);
      if (known == null) {
        known = Integer.toString(numbers.size());
        numbers.put(name, known);
        numbered.put(known, canonical(definition(name), Place.of("definitions").field(name), 0));
      }
      return new ValueType.RefType(known);
    }

    /** Follows definitions that are mere refs to the one that has a type. */
    private String definedName(String first) {
      Set<String> passed = new HashSet<>();
      String name = first;
      while (definition(name) instanceof ValueType.RefType next) {
        if (!passed.add(name)) {
          throw new InvalidRequestException(
              Place.of("definitions").field(first),
              "the definition is only itself; give it a type");
        }
        name = next.name();
      }
      return name;
    }

    /** Every ref has a definition: that was checked first. */
    private ValueType definition(String name) {
      return Objects.requireNonNull(definitions.get(name));
    }

    private boolean isRecursive(String name) {
      Set<String> reached = new HashSet<>();
      Deque<ValueType> todo = new ArrayDeque<>();
      todo.add(definition(name));
      while (!todo.isEmpty()) {
        ValueType type = todo.remove();
        if (!(type instanceof ValueType.RefType ref)) {
          todo.addAll(type.parts());
        } else if (reached.add(ref.name())) {
          todo.add(definition(ref.name()));
        }
      }
      return reached.contains(name);
    }
  }
}
