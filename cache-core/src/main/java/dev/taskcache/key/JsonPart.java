package dev.taskcache.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A part of a JSON document, and where it stands. */
record JsonPart(InputValue value, Place place) {

  String text() {
    return Forms.text(value, place);
  }

  boolean flag() {
    return Forms.bool(value, place);
  }

  /** The elements of a part that must be a list. */
  List<JsonPart> elements() {
    List<JsonPart> elements = new ArrayList<>();
    for (InputValue element : Forms.list(value, place)) {
      elements.add(new JsonPart(element, place.index(elements.size())));
    }
    return elements;
  }

  /** The members of a part that must be a map. */
  Map<String, JsonPart> members() {
    Map<String, JsonPart> members = new LinkedHashMap<>();
    Forms.map(value, place)
        .forEach((name, member) -> members.put(name, new JsonPart(member, place.field(name))));
    return members;
  }

  /** A member that is there. */
  JsonPart child(String name) {
    InputValue member = Forms.map(value, place).get(name);
    return new JsonPart(Objects.requireNonNull(member), place.field(name));
  }

  boolean isList() {
    return value instanceof InputValue.ListValue;
  }

  boolean isMap() {
    return value instanceof InputValue.MapValue;
  }

  InvalidRequestException refuse(String problem) {
    return new InvalidRequestException(place, problem);
  }
}
