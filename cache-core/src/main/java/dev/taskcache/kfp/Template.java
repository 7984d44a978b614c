package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with placeholders.
 *
 * @param source the text as the file has it
 * @param texts what stands around the placeholders: one more than there are of them
 */
record Template(String source, List<String> texts, List<Placeholder> placeholders) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\$([^{}]*)}}");

  static Template parse(String source, Spot spot) {
    List<String> texts = new ArrayList<>();
    List<Placeholder> placeholders = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(source);
    int end = 0;
    while (matcher.find()) {
      texts.add(source.substring(end, matcher.start()));
      placeholders.add(Placeholder.parse(matcher.group(), matcher.group(1), spot));
      end = matcher.end();
    }
    texts.add(source.substring(end));
    return new Template(source, texts, placeholders);
  }

  /** The text with each placeholder replaced. */
  String fill(Function<Placeholder, String> replacement) {
    if (placeholders.isEmpty()) {
      return source;
    }
    StringBuilder filled = new StringBuilder(texts.get(0));
    for (int i = 0; i < placeholders.size(); i++) {
      filled.append(replacement.apply(placeholders.get(i))).append(texts.get(i + 1));
    }
    return filled.toString();
  }

  /** A value with the placeholders in its texts replaced, also in those inside and in keys. */
  static InputValue fill(InputValue value, Spot spot, Function<Placeholder, String> replacement) {
    if (value instanceof InputValue.Text text) {
      return text.value().contains("{{$")
          ? new InputValue.Text(parse(text.value(), spot).fill(replacement))
          : text;
    } else if (value instanceof InputValue.ListValue list) {
      return new InputValue.ListValue(
          list.elements().stream().map(each -> fill(each, spot, replacement)).toList());
    } else if (value instanceof InputValue.MapValue map) {
      Map<String, InputValue> entries = new LinkedHashMap<>();
      map.entries()
          .forEach(
              (key, each) ->
                  entries.put(parse(key, spot).fill(replacement), fill(each, spot, replacement)));
      return new InputValue.MapValue(entries);
    }
    return value;
  }

  /** The placeholders in all texts of a value. */
  static List<Placeholder> in(InputValue value, Spot spot) {
    List<Placeholder> found = new ArrayList<>();
    InputValue filled =
        fill(
            value,
            spot,
            placeholder -> {
              found.add(placeholder);
              return placeholder.text();
            });
    assert filled.equals(value);
    return found;
  }
}
