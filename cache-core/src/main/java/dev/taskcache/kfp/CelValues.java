package dev.taskcache.kfp;

import dev.cel.common.values.NullValue;
import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as CEL sees those of a pipeline, where every number is a double, and back. */
final class CelValues {
  private CelValues() {}

  static Object toCel(InputValue value) {
    if (value instanceof InputValue.Bool bool) {
      return bool.value();
    } else if (value instanceof InputValue.Int integer) {
      return integer.value().doubleValue();
    } else if (value instanceof InputValue.Float64 number) {
      return number.value();
    } else if (value instanceof InputValue.ListValue list) {
      return list.elements().stream().map(CelValues::toCel).toList();
    } else if (value instanceof InputValue.MapValue map) {
      return toCel(map.entries());
    } else if (value == InputValue.Null.NULL) {
      return NullValue.NULL_VALUE;
    }
    return JsonText.ofParameter(value);
  }

  static Map<String, Object> toCel(Map<String, InputValue> entries) {
    Map<String, Object> converted = new LinkedHashMap<>();
    entries.forEach((name, each) -> converted.put(name, toCel(each)));
    return converted;
  }

  static InputValue fromCel(@Nullable Object value) {
    if (value == null || value instanceof NullValue) {
      return InputValue.Null.NULL;
    } else if (value instanceof List<?> list) {
      List<InputValue> elements = new ArrayList<>();
      list.forEach(element -> elements.add(fromCel(element)));
      return new InputValue.ListValue(elements);
    } else if (value instanceof Map<?, ?> map) {
      Map<String, InputValue> entries = new LinkedHashMap<>();
      map.forEach((key, each) -> entries.put(String.valueOf(key), fromCel(each)));
      return new InputValue.MapValue(entries);
    } else if (value instanceof Boolean || value instanceof String || value instanceof Double) {
      return InputValue.of(value);
    } else if (value instanceof Number number) {
      return new InputValue.Int(number.longValue());
    }
    throw new ExpressionFailedException(
        "its value is a " + value.getClass().getSimpleName() + ", which no parameter can be");
  }
}
