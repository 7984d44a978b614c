package dev.taskcache.kfp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** JSON values from a seed (null, Boolean, Double, String, List, Map), and spellings of them. */
final class RandomJson {
  private static final String[] WORDS = {
    "", "a", "b", "B", "ab", "é", "\uff5e", "\ud83d\ude00", "\u2028", "<&>", "\b\f\u0001", "\"\\/"
  };
  private static final double[] NUMBERS = {
    0, -0.0, 1, 0.1, 1e21, 1e-7, 9007199254740992.0, -2.5, 123456789, 5e-324
  };

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  @Nullable Object value(int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 3 -> word();
      case 4 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(depth - 1));
        }
        yield list;
      }
      default -> map(depth - 1);
    };
  }

  Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(word() + word(), value(depth));
    }
    return map;
  }

  String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  /** The value as JSON: members in any order, blanks anywhere, each number and char in any way. */
  String spelled(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach(
          (key, each) ->
              members.add(blank() + text((String) key) + blank() + ":" + blank() + spelled(each)));
      Collections.shuffle(members, random);
      return "{" + String.join(",", members) + blank() + "}";
    } else if (value instanceof List<?> list) {
      List<String> elements = new ArrayList<>();
      list.forEach(each -> elements.add(blank() + spelled(each) + blank()));
      return "[" + String.join(",", elements) + "]";
    } else if (value instanceof String text) {
      return text(text);
    } else if (value instanceof Double number) {
      return number(number);
    }
    return String.valueOf(value);
  }

  private String number(double number) {
    String plain = Double.toString(number);
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      String integer = (Double.compare(number, -0.0) == 0 ? "-" : "") + (long) number;
      return new String[] {
            integer,
            integer + ".0",
            integer + "e0",
            number == 0 ? integer + ".0e-9" : integer + "0E-1",
            plain
          }
          [random.nextInt(5)];
    }
    return plain;
  }

  private String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            point -> {
              if (point < ' ' || point == '"' || point == '\\' || random.nextInt(4) == 0) {
                for (char c : Character.toChars(point)) {
                  json.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
                }
              } else {
                json.appendCodePoint(point);
              }
            });
    return json.append('"').toString();
  }

  private String blank() {
    return new String[] {"", "", " ", "\n\t"}[random.nextInt(4)];
  }
}
