package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.InputValue.Bool;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import dev.taskcache.key.InputValue.Null;
import dev.taskcache.key.InputValue.Text;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Two JSON Schemas with one canonical form allow the same values: random schemas, each tried on a
 * set of values with a validator that is as plain as can be.
 */
class JsonSchemaMeaningTest {
  private static final int SCHEMAS = 5_000 * Integer.getInteger("taskcache.tests.scale", 1);

  private static final List<InputValue> VALUES =
      List.of(
              "null",
              "true",
              "false",
              "0",
              "1",
              "2",
              "3",
              "1.5",
              "''",
              "'a'",
              "'b'",
              "'abc'",
              "[]",
              "[1]",
              "['a']",
              "['a', 1]",
              "[1, 'a']",
              "[1, 1, 1]",
              "[null]",
              "{}",
              "{'a': 1}",
              "{'a': null}",
              "{'a': 'a'}",
              "{'b': 1}",
              "{'b': 'a'}",
              "{'c': 1}",
              "{'c': 'a'}",
              "{'a': 1, 'b': 1}",
              "{'a': 'a', 'b': 'a'}",
              "{'a': 1, 'c': 1}",
              "{'a': 1, 'b': 'a', 'c': null}",
              "{'a': {}}",
              "{'a': {'a': 1}}",
              "{'a': [1]}")
          .stream()
          .map(JsonSchemaMeaningTest::json)
          .toList();

  private static InputValue json(String text) {
    return JsonForm.parseExact(text.replace('\'', '"'));
  }

  @Test
  void equalFormsAllowTheSameValues() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Map<OutputSchema, String> schemas = new HashMap<>();
    Map<OutputSchema, BitSet> allowed = new HashMap<>();
    int equal = 0;
    for (int i = 0; i < SCHEMAS; i++) {
      String text = schema(random, 3);
      OutputSchema read;
      try {
        read = OutputSchema.ofJsonSchema("o", text.replace('\'', '"'));
      } catch (InvalidRequestException e) {
        assertThat(e).as("%s, seed %d", text, seed).hasMessageContaining("no output at all");
        continue;
      }
      BitSet values = new BitSet();
      for (int v = 0; v < VALUES.size(); v++) {
        values.set(v, valid(json(text), VALUES.get(v)));
      }
      String first = schemas.putIfAbsent(read, text);
      if (first == null) {
        allowed.put(read, values);
      } else {
        equal++;
        assertThat(values).as("%s and %s, seed %d", first, text, seed).isEqualTo(allowed.get(read));
      }
    }
    assertThat(equal).isGreaterThan(SCHEMAS / 20);
    assertThat(schemas).hasSizeGreaterThan(SCHEMAS / 5);
  }

  private static String schema(Random random, int depth) {
    if (depth == 0 || random.nextInt(12) == 0) {
      return one(
          random,
          "true",
          "false",
          "{}",
          "{'type': 'string'}",
          "{'type': 'null'}",
          "{'type': 'integer'}");
    }
    StringBuilder words = new StringBuilder();
    int left = 1 + random.nextInt(3);
    for (String word : shuffled(random)) {
      if (left-- > 0) {
        words.append(words.isEmpty() ? "" : ", ").append(word(word, random, depth - 1));
      }
    }
    return "{" + words + "}";
  }

  private static List<String> shuffled(Random random) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "type",
                "type",
                "enum",
                "const",
                "minLength",
                "minimum",
                "items",
                "prefixItems",
                "maxItems",
                "properties",
                "required",
                "additionalProperties",
                "patternProperties",
                "allOf",
                "anyOf",
                "oneOf",
                "not",
                "if",
                "maxProperties"));
    Collections.shuffle(words, random);
    int type = words.indexOf("type");
    words.remove(words.lastIndexOf("type"));
    if (words.indexOf("type") != type && random.nextBoolean()) {
      words.remove("type");
      words.add(0, "type");
    }
    return words;
  }

  private static String word(String word, Random random, int depth) {
    String value =
        switch (word) {
          case "type" ->
              one(
                  random,
                  "'string'",
                  "'integer'",
                  "'number'",
                  "'array'",
                  "'object'",
                  "'object'",
                  "['string', 'null']",
                  "['object', 'null']",
                  "['integer', 'string']",
                  "['null']");
          case "enum" ->
              one(
                  random,
                  "['a', 'b']",
                  "['a', null]",
                  "[1, 2]",
                  "[1, 'a']",
                  "[null]",
                  "[{'a': 1}, 1]");
          case "const" -> one(random, "'a'", "1", "null", "[1]");
          case "minLength", "minimum", "maxItems", "maxProperties" ->
              one(random, "0", "1", "2", "1.0");
          case "items", "additionalProperties", "not" -> schema(random, depth);
          case "required" -> one(random, "[]", "['a']", "['b', 'a']", "['c']");
          case "properties" ->
              "{"
                  + one(random, "'a'", "'b'")
                  + ": "
                  + schema(random, depth)
                  + (random.nextBoolean() ? "" : ", 'c': " + schema(random, depth))
                  + "}";
          case "patternProperties" ->
              "{" + one(random, "'a'", "'[ab]'") + ": " + schema(random, depth) + "}";
          case "if" -> schema(random, depth) + ", 'then': " + schema(random, depth);
          default ->
              "["
                  + schema(random, depth)
                  + (random.nextInt(3) == 0 ? "" : ", " + schema(random, depth))
                  + "]";
        };
    return "'" + word + "': " + value;
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static boolean valid(InputValue schema, InputValue value) {
    if (schema instanceof Bool bool) {
      return bool.value();
    }
    Map<String, InputValue> words = ((MapValue) schema).entries();
    return words.entrySet().stream()
        .allMatch(word -> holds(word.getKey(), word.getValue(), words, value));
  }

  private static boolean holds(
      String word, InputValue says, Map<String, InputValue> words, InputValue value) {
    Map<String, InputValue> map = value instanceof MapValue object ? object.entries() : null;
    List<InputValue> list = value instanceof ListValue array ? array.elements() : null;
    return switch (word) {
      case "type" ->
          (says instanceof ListValue names ? names.elements() : List.of(says))
              .stream().anyMatch(name -> isA(((Text) name).value(), value));
      case "enum" -> ((ListValue) says).elements().contains(value);
      case "const" -> says.equals(value);
      case "minLength" ->
          !(value instanceof Text text) || text.value().length() >= number(says).intValue();
      case "minimum" ->
          !(value instanceof InputValue.Decimal) || number(value).compareTo(number(says)) >= 0;
      case "maxItems" -> list == null || list.size() <= number(says).intValue();
      case "maxProperties" -> map == null || map.size() <= number(says).intValue();
      case "items" -> {
        int prefix =
            words.get("prefixItems") instanceof ListValue first ? first.elements().size() : 0;
        yield list == null || list.stream().skip(prefix).allMatch(each -> valid(says, each));
      }
      case "prefixItems" -> {
        boolean all = true;
        List<InputValue> schemas = ((ListValue) says).elements();
        for (int i = 0; list != null && i < Math.min(schemas.size(), list.size()); i++) {
          all &= valid(schemas.get(i), list.get(i));
        }
        yield all;
      }
      case "required" ->
          map == null
              || ((ListValue) says)
                  .elements().stream().allMatch(name -> map.containsKey(((Text) name).value()));
      case "properties" ->
          map == null
              || ((MapValue) says)
                  .entries().entrySet().stream()
                      .allMatch(
                          each ->
                              !map.containsKey(each.getKey())
                                  || valid(each.getValue(), map.get(each.getKey())));
      case "patternProperties" ->
          map == null
              || map.entrySet().stream()
                  .allMatch(
                      field ->
                          ((MapValue) says)
                              .entries().entrySet().stream()
                                  .allMatch(
                                      each ->
                                          !field.getKey().matches(each.getKey())
                                              || valid(each.getValue(), field.getValue())));
      case "additionalProperties" ->
          map == null
              || map.entrySet().stream()
                  .allMatch(
                      field ->
                          names(words.get("properties")).contains(field.getKey())
                              || names(words.get("patternProperties")).stream()
                                  .anyMatch(field.getKey()::matches)
                              || valid(says, field.getValue()));
      case "allOf" -> count(says, value) == ((ListValue) says).elements().size();
      case "anyOf" -> count(says, value) > 0;
      case "oneOf" -> count(says, value) == 1;
      case "not" -> !valid(says, value);
      case "if" -> !valid(says, value) || valid(words.get("then"), value);
      case "then" -> true;
      default -> throw new AssertionError(word);
    };
  }

  private static Set<String> names(InputValue map) {
    return map instanceof MapValue fields ? fields.entries().keySet() : Set.of();
  }

  private static long count(InputValue schemas, InputValue value) {
    return ((ListValue) schemas).elements().stream().filter(each -> valid(each, value)).count();
  }

  private static BigDecimal number(InputValue value) {
    return ((InputValue.Decimal) value).value();
  }

  private static boolean isA(String type, InputValue value) {
    return switch (type) {
      case "null" -> value == Null.NULL;
      case "string" -> value instanceof Text;
      case "array" -> value instanceof ListValue;
      case "object" -> value instanceof MapValue;
      case "number" -> value instanceof InputValue.Decimal;
      case "integer" -> value instanceof InputValue.Decimal decimal && decimal.value().scale() <= 0;
      default -> throw new AssertionError(type);
    };
  }
}
