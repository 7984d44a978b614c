package dev.taskcache.examples.argo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of Kubeflow, with its placeholders, as texts of Argo, with its tags. */
final class ArgoText {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\$([^{}]*)}}");
  private static final Pattern INPUT =
      Pattern.compile("\\.inputs\\.parameters\\[(?:'([^']*)'|\"([^\"]*)\")]");
  private static final Pattern OUTPUT =
      Pattern.compile(
          "\\.outputs\\.parameters\\[(?:'([^']*)'|\"([^\"]*)\")](?:\\.(?:output_file|path))?");
  private static final Pattern STRUCTURE =
      Pattern.compile("\\s*\\{\\s*\"(Concat|IfPresent)\"\\s*:.*", Pattern.DOTALL);

  private ArgoText() {}

  /** The text of a value that is a parameter's: a text as it is, all else as JSON. */
  static String ofValue(IrNode value) {
    JsonNode node = value.node();
    String text;
    if (node.isTextual()) {
      text = node.asText();
    } else if (node.isNumber()) {
      text = node.decimalValue().stripTrailingZeros().toPlainString();
    } else {
      text = node.toString();
    }
    return plain(text, value);
  }

  /** A word of a command, an argument, an image, or a variable's value. */
  static String ofWord(IrNode word) {
    String text = word.node().asText();
    if (STRUCTURE.matcher(text).matches()) {
      throw word.refusal("is Concat or IfPresent, which Argo has not; write plain words");
    }
    return replaced(
        word,
        text,
        body -> {
          Matcher input = INPUT.matcher(body);
          if (input.matches()) {
            return "{{inputs.parameters." + name(input) + "}}";
          }
          Matcher output = OUTPUT.matcher(body);
          if (output.matches()) {
            return "{{outputs.parameters." + name(output) + ".path}}";
          }
          throw word.refusal(
              "{{$"
                  + body
                  + "}} has no counterpart in Argo; use input parameters and files of output"
                  + " parameters only");
        });
  }

  /** The inputs that a text names. */
  static Set<String> inputs(IrNode word) {
    Set<String> names = new TreeSet<>();
    Matcher placeholder = PLACEHOLDER.matcher(word.node().asText());
    while (placeholder.find()) {
      Matcher input = INPUT.matcher(placeholder.group(1));
      if (input.matches()) {
        names.add(name(input));
      }
    }
    return names;
  }

  /** A constant, the inputs that it names replaced. */
  static String ofConstant(IrNode constant, Function<String, String> inputs) {
    if (!constant.node().isTextual()) {
      return ofValue(constant);
    }
    return replaced(
        constant,
        constant.node().asText(),
        body -> {
          Matcher input = INPUT.matcher(body);
          if (input.matches()) {
            return inputs.apply(name(input));
          }
          throw constant.refusal("{{$" + body + "}} has no counterpart in Argo; take it out");
        });
  }

  private static String replaced(IrNode place, String text, Function<String, String> replacement) {
    StringBuilder all = new StringBuilder();
    Matcher placeholder = PLACEHOLDER.matcher(text);
    int end = 0;
    while (placeholder.find()) {
      String before = plain(text.substring(end, placeholder.start()), place);
      if (before.endsWith("{")) {
        throw place.refusal("has a { before a placeholder, which Argo reads as {{{; write a blank");
      }
      all.append(before).append(replacement.apply(placeholder.group(1)));
      end = placeholder.end();
    }
    return all.append(plain(text.substring(end), place)).toString();
  }

  private static String plain(String text, IrNode place) {
    if (text.contains("{{")) {
      throw place.refusal("has {{, which Argo takes for a tag of its own; write it otherwise");
    }
    return text;
  }

  private static String name(Matcher named) {
    String single = named.group(1);
    return single == null ? String.valueOf(named.group(2)) : single;
  }
}
