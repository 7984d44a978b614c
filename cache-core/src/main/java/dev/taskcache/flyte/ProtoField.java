package dev.taskcache.flyte;

import org.jspecify.annotations.Nullable;

/**
 * A field of a message.
 *
 * @param number its number in protobuf bytes
 * @param name its original name
 * @param json its name in JSON
 * @param oneof the group of which at most one field is set; null if it is in none
 */
record ProtoField(
    int number,
    String name,
    String json,
    ProtoKind kind,
    Cardinality cardinality,
    @Nullable String oneof) {

  /** How many values a field has. */
  enum Cardinality {
    ONE,
    LIST,
    MAP
  }

  static ProtoField one(int number, String name, ProtoKind kind) {
    return new ProtoField(number, name, lowerCamelCase(name), kind, Cardinality.ONE, null);
  }

  static ProtoField list(int number, String name, ProtoKind kind) {
    return new ProtoField(number, name, lowerCamelCase(name), kind, Cardinality.LIST, null);
  }

  /** A map whose keys are texts, as all of Flyte's are. */
  static ProtoField map(int number, String name, ProtoKind kind) {
    return new ProtoField(number, name, lowerCamelCase(name), kind, Cardinality.MAP, null);
  }

  static ProtoField one(int number, String name, String message) {
    return one(number, name, new ProtoKind.Nested(message));
  }

  static ProtoField list(int number, String name, String message) {
    return list(number, name, new ProtoKind.Nested(message));
  }

  static ProtoField map(int number, String name, String message) {
    return map(number, name, new ProtoKind.Nested(message));
  }

  static ProtoField passedOver(int number, String name) {
    return one(number, name, ProtoKind.PassedOver.PASSED_OVER);
  }

  ProtoField in(String group) {
    return new ProtoField(number, name, json, kind, cardinality, group);
  }

  private static String lowerCamelCase(String name) {
    StringBuilder json = new StringBuilder();
    boolean upper = false;
    for (char c : name.toCharArray()) {
      if (c == '_') {
        upper = true;
      } else {
        json.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    return json.toString();
  }
}
