package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node of a document together with its place, read by those who know what has to be there. */
record Field(Spot spot, Located node) {

  static Field root(String file, Located document) {
    return new Field(new Spot(file, document.line(), Place.root()), document);
  }

  /** A field of this map; null if it is absent or null. */
  @Nullable Field get(String name) {
    Located.Entry entry = map().entries().get(name);
    return entry == null || isNull(entry.value()) ? null : at(name, entry);
  }

  Field require(String name, String remedy) {
    Field field = get(name);
    if (field == null) {
      throw child(name, spot.line()).error("is missing; " + remedy);
    }
    return field;
  }

  boolean has(String name) {
    return get(name) != null;
  }

  /** The fields of a map in this map, null ones left out; none if there is no such map. */
  Map<String, Field> entries(String name) {
    Field field = get(name);
    return field == null ? Map.of() : field.entries();
  }

  Map<String, Field> entries() {
    Map<String, Field> fields = new LinkedHashMap<>();
    map()
        .entries()
        .forEach(
            (name, entry) -> {
              if (!isNull(entry.value())) {
                fields.put(name, at(name, entry));
              }
            });
    return fields;
  }

  /** The elements of a list in this map; none if there is no such list. */
  List<Field> items(String name) {
    Field field = get(name);
    if (field == null) {
      return List.of();
    }
    if (!(field.node instanceof Located.Items items)) {
      throw field.spot.error("must be a list");
    }
    return field.elements(items);
  }

  private List<Field> elements(Located.Items items) {
    List<Field> fields = new ArrayList<>();
    for (Located element : items.elements()) {
      Place place = spot.place().index(fields.size());
      fields.add(new Field(new Spot(spot.file(), element.line(), place), element));
    }
    return fields;
  }

  /** This node and all that are in it. */
  Stream<Field> all() {
    Stream<Field> parts = Stream.of();
    if (node instanceof Located.Fields) {
      parts = entries().values().stream();
    } else if (node instanceof Located.Items items) {
      parts = elements(items).stream();
    }
    return Stream.concat(Stream.of(this), parts.flatMap(Field::all));
  }

  String text() {
    if (node instanceof Located.Scalar scalar && scalar.value() instanceof InputValue.Text text) {
      return text.value();
    }
    throw spot.error("must be a text, in quotation marks");
  }

  /** The text of a field of this map; null if it is absent, null or empty. */
  @Nullable String text(String name) {
    Field field = get(name);
    return field == null || field.text().isEmpty() ? null : field.text();
  }

  List<String> texts(String name) {
    return items(name).stream().map(Field::text).toList();
  }

  /** The truth value of a field of this map; false if it is absent. */
  boolean isTrue(String name) {
    Field field = get(name);
    if (field == null) {
      return false;
    }
    if (field.node instanceof Located.Scalar scalar
        && scalar.value() instanceof InputValue.Bool bool) {
      return bool.value();
    }
    throw field.spot.error("must be true or false");
  }

  /** What the node says, as a value. */
  InputValue value() {
    return Numbers.normal(value(node));
  }

  private static InputValue value(Located node) {
    if (node instanceof Located.Scalar scalar) {
      return scalar.value();
    } else if (node instanceof Located.Items items) {
      return new InputValue.ListValue(items.elements().stream().map(Field::value).toList());
    }
    Map<String, InputValue> entries = new LinkedHashMap<>();
    ((Located.Fields) node).entries().forEach((name, e) -> entries.put(name, value(e.value())));
    return new InputValue.MapValue(entries);
  }

  Spot child(String name, int line) {
    return new Spot(spot.file(), line, spot.place().field(name));
  }

  private Field at(String name, Located.Entry entry) {
    return new Field(child(name, entry.line()), entry.value());
  }

  private Located.Fields map() {
    if (node instanceof Located.Fields fields) {
      return fields;
    }
    throw spot.error("must be a map");
  }

  private static boolean isNull(Located node) {
    return node instanceof Located.Scalar scalar && scalar.value() == InputValue.Null.NULL;
  }
}
