package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One word of a command or its arguments, as the file has it; it may become none, or several. */
sealed interface Argument {
  int MOST_DEPTH = 50;

  Set<String> STRUCTURES = Set.of("Concat", "IfPresent");

  /** Every placeholder in it, also where a condition may leave it out. */
  Stream<Placeholder> placeholders();

  /** The inputs whose presence it asks for. */
  Stream<String> asked();

  /** A text. */
  record Word(Template template) implements Argument {
    @Override
    public Stream<Placeholder> placeholders() {
      return template.placeholders().stream();
    }

    @Override
    public Stream<String> asked() {
      return Stream.of();
    }
  }

  /** Several, joined to one word: {@code {"Concat": […]}}. */
  record Concat(List<Argument> parts) implements Argument {
    @Override
    public Stream<Placeholder> placeholders() {
      return parts.stream().flatMap(Argument::placeholders);
    }

    @Override
    public Stream<String> asked() {
      return parts.stream().flatMap(Argument::asked);
    }
  }

  /** What to write with and without an input: {@code {"IfPresent": …}}. */
  record IfPresent(String input, List<Argument> then, List<Argument> otherwise)
      implements Argument {
    @Override
    public Stream<Placeholder> placeholders() {
      return Stream.concat(then.stream(), otherwise.stream()).flatMap(Argument::placeholders);
    }

    @Override
    public Stream<String> asked() {
      return Stream.concat(
          Stream.of(input),
          Stream.concat(then.stream(), otherwise.stream()).flatMap(Argument::asked));
    }
  }

  static Argument parse(Field word) {
    String text = word.text();
    return structure(text)
        .map(form -> parse(form, word.spot(), 0))
        .orElseGet(() -> word(text, word.spot()));
  }

  /** The JSON of a word that is Concat or IfPresent; any other JSON is a text like all others. */
  private static Optional<InputValue> structure(String text) {
    if (!text.stripLeading().startsWith("{")
        || !(text.contains("\"IfPresent\"") || text.contains("\"Concat\""))) {
      return Optional.empty();
    }
    try {
      return Optional.of(JsonText.parse(text))
          .filter(
              form ->
                  form instanceof InputValue.MapValue map
                      && map.entries().size() == 1
                      && STRUCTURES.containsAll(map.entries().keySet()));
    } catch (InvalidRequestException e) {
      return Optional.empty();
    }
  }

  private static Argument word(String text, Spot spot) {
    return new Word(Template.parse(text, spot));
  }

  private static Argument parse(InputValue form, Spot spot, int depth) {
    if (depth > MOST_DEPTH) {
      throw spot.error("nests deeper than " + MOST_DEPTH + " levels; write it flatter");
    }
    if (form instanceof InputValue.Text text) {
      return word(text.value(), spot);
    } else if (form instanceof InputValue.MapValue map && map.entries().size() == 1) {
      InputValue parts = map.entries().get("Concat");
      if (parts instanceof InputValue.ListValue) {
        return new Concat(list(parts, spot, depth));
      }
      if (map.entries().get("IfPresent") instanceof InputValue.MapValue choice
          && choice.entries().get("InputName") instanceof InputValue.Text input
          && choice.entries().containsKey("Then")) {
        Map<String, InputValue> branches = choice.entries();
        InputValue otherwise = branches.getOrDefault("Else", InputValue.Null.NULL);
        return new IfPresent(
            input.value(), list(branches.get("Then"), spot, depth), list(otherwise, spot, depth));
      }
    }
    throw spot.error(
        JsonText.json(form)
            + " is neither a text nor {\"Concat\": […]} nor {\"IfPresent\": {\"InputName\": …,"
            + " \"Then\": …}}");
  }

  private static List<Argument> list(@Nullable InputValue forms, Spot spot, int depth) {
    if (forms == null || forms == InputValue.Null.NULL) {
      return List.of();
    } else if (forms instanceof InputValue.ListValue list) {
      return list.elements().stream().map(form -> parse(form, spot, depth + 1)).toList();
    }
    return List.of(parse(forms, spot, depth + 1));
  }
}
