package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;

/** Texts inside JSON texts. */
final class Escapes {
  private Escapes() {}

  /** The text as it is written between the quotation marks of a JSON text, so many times over. */
  static String of(String text, int times) {
    String escaped = text;
    for (int i = 0; i < times; i++) {
      String json = JsonText.json(new InputValue.Text(escaped));
      escaped = json.substring(1, json.length() - 1);
    }
    return escaped;
  }
}
