package dev.taskcache.key;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An output schema whose definitions carry no names of their own: those that are not recursive are
 * inlined, the others numbered in the order in which a walk meets them.
 */
record CanonicalSchema(Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
  static final int MOST_TYPES = 10_000;

  static CanonicalSchema of(Map<String, ValueType> outputs, Map<String, ValueType> definitions) {
    Place place = Place.of("outputs");
    Place definitionsPlace = Place.of("definitions");
    Map<String, ValueType> sorted =
        place.locate(() -> TypeRefs.sorted(outputs, "an output's name"));
    Map<String, ValueType> defined =
        definitionsPlace.locate(() -> TypeRefs.sorted(definitions, "a definition's name"));
    TypeRefs.checkAll(sorted, defined.keySet(), place);
    TypeRefs.checkAll(defined, defined.keySet(), definitionsPlace);
    Walk walk = new Walk(defined);
    walk.number(sorted.values());
    Map<String, ValueType> types = new LinkedHashMap<>();
    sorted.forEach((name, type) -> types.put(name, walk.canonical(type, place.field(name), 0)));
    Map<String, ValueType> numbered = new LinkedHashMap<>();
    walk.numbers.forEach(
        (name, number) -> {
          Place definition = definitionsPlace.field(name);
          numbered.put(number, walk.canonical(walk.definition(name), definition, 0));
        });
    return new CanonicalSchema(types, TypeRefs.sorted(numbered, "a definition's name"));
  }

  private static final class Walk {
    private final Map<String, ValueType> definitions;
    private final Map<String, String> named = new HashMap<>();
    private final RefCycles cycles = new RefCycles(this::refs);
    private final Map<String, String> numbers = new LinkedHashMap<>();

    Walk(Map<String, ValueType> definitions) {
      this.definitions = definitions;
      definitions.keySet().forEach(this::follow);
    }

    /** Follows definitions that are mere refs to the one that has a type, each only once. */
    private void follow(String first) {
      Set<String> passed = new LinkedHashSet<>();
      String name = first;
      while (!named.containsKey(name) && definition(name) instanceof ValueType.RefType next) {
        if (!passed.add(name)) {
          throw new InvalidRequestException(
              Place.of("definitions").field(first),
              "the definition is only itself; give it a type");
        }
        name = next.name();
      }
      String reached = named.getOrDefault(name, name);
      passed.forEach(each -> named.put(each, reached));
      named.put(name, reached);
    }

    /** Every ref has a definition: that was checked first. */
    private ValueType definition(String name) {
      return Objects.requireNonNull(definitions.get(name));
    }

    private String named(ValueType.RefType ref) {
      return Objects.requireNonNull(named.get(ref.name()));
    }

    /** Numbers the recursive definitions, without recursion of its own: cycles may be long. */
    void number(Collection<ValueType> outputs) {
      Deque<ValueType> todo = new ArrayDeque<>(outputs);
      int types = 0;
      while (!todo.isEmpty()) {
        ValueType type = todo.remove();
        boolean inlined = false;
        if (type instanceof ValueType.RefType ref) {
          String name = named(ref);
          inlined = !cycles.contain(name);
          if (inlined || numbers.putIfAbsent(name, Integer.toString(numbers.size())) == null) {
            todo.addFirst(definition(name));
          }
        } else {
          List<ValueType> parts = new ArrayList<>(type.parts());
          Collections.reverse(parts);
          parts.forEach(todo::addFirst);
        }
        if (!inlined && ++types > MOST_TYPES) {
          throw new InvalidRequestException(
              Place.of("outputs"),
              "the schema has more than " + MOST_TYPES + " types; declare a part of it as any");
        }
      }
    }

    private Set<String> refs(String name) {
      Set<String> refs = new LinkedHashSet<>();
      Deque<ValueType> todo = new ArrayDeque<>();
      todo.add(definition(name));
      while (!todo.isEmpty()) {
        ValueType type = todo.remove();
        todo.addAll(type.parts());
        if (type instanceof ValueType.RefType ref) {
          refs.add(named(ref));
        }
      }
      return refs;
    }

    /**
     * The canonical form of a type; the place is that of the output or definition it belongs to.
     */
    ValueType canonical(ValueType type, Place place, int depth) {
      if (type instanceof ValueType.RefType ref) {
        String name = named(ref);
        String number = numbers.get(name);
        return number == null
            ? canonical(definition(name), place, depth)
            : new ValueType.RefType(number);
      } else if (type instanceof ValueType.ListType list) {
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
  }
}
