package dev.taskcache.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The form of types in requests and in the outputs document: texts and maps with one entry. */
final class ValueTypeForm {
  private static final String CHOICES =
      "write text, bool, int, float64, decimal, bytes, timestamp, any, or one of"
          + " {\"list\": type}, {\"map\": type}, {\"optional\": type}, {\"record\": {field: type}},"
          + " {\"enum\": [names]}, {\"artifact\": type name}, {\"ref\": definition}";

  // A fault of depth is the whole type's, and its own path would be too long to read.
  private final Place whole;

  private ValueTypeForm(Place whole) {
    this.whole = whole;
  }

  static ValueType read(InputValue form, Place place) {
    return Depth.guarded(place, () -> new ValueTypeForm(place).read(form, place, 0));
  }

  private ValueType read(InputValue form, Place place, int depth) {
    if (form instanceof InputValue.Text text) {
      for (ValueType.Scalar scalar : ValueType.Scalar.values()) {
        if (scalar.word().equals(text.value())) {
          return scalar;
        }
      }
    } else if (form instanceof InputValue.MapValue map && map.entries().size() == 1) {
      Map.Entry<String, InputValue> entry = map.entries().entrySet().iterator().next();
      return readPart(entry.getKey(), entry.getValue(), place, depth);
    }
    throw new InvalidRequestException(place, "not a type; " + CHOICES);
  }

  private ValueType readPart(String kind, InputValue part, Place place, int depth) {
    Place inside = place.field(kind);
    return switch (kind) {
      case "list" -> new ValueType.ListType(read(part, inside, Depth.below(depth, whole)));
      case "map" -> new ValueType.MapType(read(part, inside, Depth.below(depth, whole)));
      case "optional" -> new ValueType.OptionalType(read(part, inside, Depth.below(depth, whole)));
      case "record" -> record(readAll(part, inside, depth), inside);
      case "enum" -> names(part, inside);
      case "artifact" ->
          inside.locate(() -> new ValueType.ArtifactType(Forms.text(part, Place.root())));
      case "ref" -> inside.locate(() -> new ValueType.RefType(Forms.text(part, Place.root())));
      default -> throw new InvalidRequestException(inside, "not a type; " + CHOICES);
    };
  }

  private Map<String, ValueType> readAll(InputValue fields, Place place, int depth) {
    Map<String, ValueType> types = new LinkedHashMap<>();
    for (Map.Entry<String, InputValue> field : Forms.map(fields, place).entrySet()) {
      Place inside = place.field(field.getKey());
      types.put(field.getKey(), read(field.getValue(), inside, Depth.below(depth, whole)));
    }
    return types;
  }

  private static ValueType record(Map<String, ValueType> fields, Place place) {
    return place.locate(() -> new ValueType.RecordType(fields));
  }

  private static ValueType names(InputValue names, Place place) {
    List<String> texts = new ArrayList<>();
    for (InputValue name : Forms.list(names, place)) {
      texts.add(Forms.text(name, place.index(texts.size())));
    }
    return place.locate(() -> new ValueType.EnumType(texts));
  }

  static InputValue write(ValueType type) {
    if (type instanceof ValueType.Scalar scalar) {
      return new InputValue.Text(scalar.word());
    } else if (type instanceof ValueType.ListType list) {
      return entry("list", write(list.element()));
    } else if (type instanceof ValueType.MapType map) {
      return entry("map", write(map.value()));
    } else if (type instanceof ValueType.OptionalType optional) {
      return entry("optional", write(optional.value()));
    } else if (type instanceof ValueType.RecordType record) {
      return entry("record", writeAll(record.fields()));
    } else if (type instanceof ValueType.EnumType names) {
      return entry("enum", InputValue.of(names.names()));
    } else if (type instanceof ValueType.ArtifactType artifact) {
      return entry("artifact", new InputValue.Text(artifact.name()));
    } else if (type instanceof ValueType.RefType ref) {
      return entry("ref", new InputValue.Text(ref.name()));
    }
    throw new AssertionError(type);
  }

  static InputValue.MapValue writeAll(Map<String, ValueType> types) {
    Map<String, InputValue> forms = new LinkedHashMap<>();
    for (Map.Entry<String, ValueType> type : types.entrySet()) {
      forms.put(type.getKey(), write(type.getValue()));
    }
    return new InputValue.MapValue(forms);
  }

  private static InputValue entry(String kind, InputValue part) {
    return new InputValue.MapValue(Map.of(kind, part));
  }
}
