package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the value of a task's input parameter comes from. */
sealed interface ParameterSource {

  /** Written in the file; texts may have placeholders. */
  record Constant(InputValue value) implements ParameterSource {}

  /** An input of the pipeline, or sub-pipeline, that the task is part of. */
  record Input(String name) implements ParameterSource {}

  /** An output of a task beside it. */
  record Output(String task, String key) implements ParameterSource {}

  /** How a task beside it ended. */
  record FinalStatus(String task) implements ParameterSource {}

  /** The task beside it that has to have ended before; empty if there is none. */
  default Optional<String> producer() {
    if (this instanceof Output output) {
      return Optional.of(output.task());
    }
    return this instanceof FinalStatus status ? Optional.of(status.task()) : Optional.empty();
  }

  /** A source, what is picked out of its value, and where the file says so. */
  record Binding(ParameterSource source, @Nullable Expression selector, Spot spot) {

    static Binding read(Field field) {
      Field selector = field.get("parameterExpressionSelector");
      return new Binding(
          source(field),
          selector == null ? null : Expression.parse(selector.text(), selector.spot()),
          field.spot());
    }

    private static ParameterSource source(Field field) {
      Field output = field.get("taskOutputParameter");
      if (output != null) {
        return new Output(
            output.require("producerTask", "name the task").text(),
            output.require("outputParameterKey", "name the task's output").text());
      }
      Field value = field.get("runtimeValue");
      if (value != null) {
        return new Constant(constant(value));
      }
      Field status = field.get("taskFinalStatus");
      if (status != null) {
        return new FinalStatus(status.require("producerTask", "name the task").text());
      }
      Field input = field.get("componentInputParameter");
      if (input != null) {
        return new Input(input.text());
      }
      Field plain = field.get("constant");
      if (plain != null) {
        return new Constant(plain.value());
      }
      throw field
          .spot()
          .error(
              "has no known source; write taskOutputParameter, runtimeValue or"
                  + " componentInputParameter");
    }

    /** A {@code constant}, or the {@code constantValue} of older compilers. */
    static InputValue constant(Field value) {
      Field old = value.get("constantValue");
      if (old != null) {
        for (String name : new String[] {"intValue", "doubleValue", "stringValue"}) {
          Field typed = old.get(name);
          if (typed != null) {
            return typed.value();
          }
        }
      }
      Field constant = value.get("constant");
      return constant == null ? InputValue.Null.NULL : constant.value();
    }
  }
}
