package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.HashMap;
import java.util.Map;

/** A condition or selector, parsed: an expression in CEL. Thread-safe. */
record Expression(String text, Spot spot, Evaluation evaluation) {

  /** The parsed expression. */
  @FunctionalInterface
  interface Evaluation {
    /** Throws {@link ExpressionFailedException} if it has no value for these variables. */
    InputValue of(Map<String, Object> variables);
  }

  static Expression parse(String text, Spot spot) {
    OptionalLibrary.CEL.require(spot + ": evaluating the expression");
    return new Expression(text, spot, CelExpressions.parse(text, spot));
  }

  /** Whether a task is to run, by its input parameters. */
  boolean holds(Map<String, InputValue> parameters) {
    InputValue result =
        evaluation.of(Map.of("inputs", Map.of("parameter_values", CelValues.toCel(parameters))));
    if (result instanceof InputValue.Bool bool) {
      return bool.value();
    }
    throw new ExpressionFailedException("it is neither true nor false");
  }

  /** A part of a value, which the expression sees as text or JSON, and as what it is. */
  InputValue select(InputValue value) {
    Map<String, Object> variables = new HashMap<>();
    variables.put(fieldOf(value), CelValues.toCel(value));
    variables.put("string_value", JsonText.ofParameter(value));
    return Numbers.normal(evaluation.of(variables));
  }

  private static String fieldOf(InputValue value) {
    if (value instanceof InputValue.MapValue) {
      return "struct_value";
    } else if (value instanceof InputValue.ListValue) {
      return "list_value";
    }
    return value instanceof InputValue.Bool ? "bool_value" : "number_value";
  }

  /** Whether the expression names an input, so that it cannot be evaluated without it. */
  boolean mentions(String input) {
    return text.contains("'" + input + "'") || text.contains("\"" + input + "\"");
  }
}
