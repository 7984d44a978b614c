package dev.taskcache.key;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The places inside values and types, each with something short that differs when it differs. */
final class Places {
  private static final int MOST_PLACES = 256;
  private static final int MOST_DEPTH = 16;
  private static final int DIGEST_CHARACTERS = 16;
  private static final int VALUE_CHARACTERS = 80;

  private final boolean keepValues;
  private final Map<String, String> digests = new LinkedHashMap<>();
  private final Map<String, String> values = new LinkedHashMap<>();

  private Places(boolean keepValues) {
    this.keepValues = keepValues;
  }

  /** The part that a map of values makes. */
  static KeyParts.Part ofValues(String digest, Map<String, InputValue> named, boolean keepValues) {
    Places places = new Places(keepValues);
    for (Map.Entry<String, InputValue> entry : named.entrySet()) {
      places.add(Place.of(entry.getKey()), entry.getValue(), 0);
    }
    return new KeyParts.Part(digest, places.digests, places.values);
  }

  /** Containers are opened as far as that stays small; beyond they count as a whole. */
  private void add(Place place, InputValue value, int depth) {
    if (depth < MOST_DEPTH
        && value instanceof InputValue.MapValue map
        && fits(map.entries().size())) {
      for (Map.Entry<String, InputValue> entry : map.entries().entrySet()) {
        add(place.field(entry.getKey()), entry.getValue(), depth + 1);
      }
    } else if (depth < MOST_DEPTH
        && value instanceof InputValue.ListValue list
        && fits(list.elements().size())) {
      List<InputValue> elements = list.elements();
      for (int i = 0; i < elements.size(); i++) {
        add(place.index(i), elements.get(i), depth + 1);
      }
    } else {
      digests.put(place.toString(), shortDigest(value));
      if (keepValues && !(value instanceof InputValue.Secret)) {
        values.put(place.toString(), summary(value));
      }
    }
  }

  private boolean fits(int more) {
    return more > 0 && digests.size() + more <= MOST_PLACES;
  }

  private static String summary(InputValue value) {
    String json = JsonForm.write(value);
    return json.length() <= VALUE_CHARACTERS
        ? json
        : json.substring(0, VALUE_CHARACTERS / 2)
            + "... ("
            + ValueDigest.of(value).bytes()
            + " bytes)";
  }

  static String shortDigest(InputValue value) {
    return ValueDigest.of(value).hex().substring(0, DIGEST_CHARACTERS);
  }

  /** The part that an output schema makes: types by place, {@code Report.rows[].b}. */
  static KeyParts.Part ofTypes(
      String digest,
      Map<String, ValueType> outputs,
      Map<String, ValueType> definitions,
      Map<String, String> labels) {
    Places places = new Places(false);
    outputs.forEach((name, type) -> places.add(Place.of(labels.getOrDefault(name, name)), type, 0));
    definitions.forEach((name, type) -> places.add(Place.of("definitions").field(name), type, 0));
    return new KeyParts.Part(digest, places.digests, Map.of());
  }

  private void add(Place place, ValueType type, int depth) {
    AssertedType asserted =
        type instanceof ValueType.RecordType record ? AssertedType.of(record) : null;
    if (depth < MOST_DEPTH && asserted != null && fits(asserted.assertions().size() + 1)) {
      add(place, asserted.value(), depth + 1);
      asserted
          .assertions()
          .forEach((keyword, says) -> add(place.field("$" + keyword), says, depth + 1));
    } else if (depth < MOST_DEPTH
        && type instanceof ValueType.OptionalType optional
        && !optional.value().parts().isEmpty()
        && fits(2)) {
      digests.put(place + "?", "optional");
      add(place, optional.value(), depth + 1);
    } else if (depth < MOST_DEPTH && type instanceof ValueType.ListType list) {
      add(place.each(), list.element(), depth + 1);
    } else if (depth < MOST_DEPTH && type instanceof ValueType.MapType map) {
      add(place.field("*"), map.value(), depth + 1);
    } else if (depth < MOST_DEPTH
        && type instanceof ValueType.RecordType record
        && fits(record.fields().size())) {
      for (Map.Entry<String, ValueType> field : record.fields().entrySet()) {
        add(place.field(field.getKey()), field.getValue(), depth + 1);
      }
    } else {
      String form = JsonForm.write(ValueTypeForm.write(type));
      digests.put(
          place.toString(),
          form.length() <= VALUE_CHARACTERS ? form : shortDigest(new InputValue.Text(form)));
    }
  }
}
