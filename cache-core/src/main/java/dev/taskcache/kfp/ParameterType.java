package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.ValueType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of parameters, and how Kubeflow brings values to them. */
enum ParameterType {
  STRING(ValueType.Scalar.TEXT),
  NUMBER_INTEGER(ValueType.Scalar.INT),
  NUMBER_DOUBLE(ValueType.Scalar.FLOAT64),
  BOOLEAN(ValueType.Scalar.BOOL),
  LIST(new ValueType.ListType(ValueType.Scalar.ANY)),
  STRUCT(new ValueType.MapType(ValueType.Scalar.ANY)),
  TASK_FINAL_STATUS(new ValueType.MapType(ValueType.Scalar.ANY)),
  TASK_CONFIG(new ValueType.MapType(ValueType.Scalar.ANY));

  private final ValueType valueType;

  ParameterType(ValueType valueType) {
    this.valueType = valueType;
  }

  /** Reads {@code parameterType}, or {@code type} of older compilers. */
  static ParameterType read(Field parameter) {
    Field old = parameter.get("type");
    if (old != null && !parameter.has("parameterType")) {
      return switch (old.text()) {
        case "INT" -> NUMBER_INTEGER;
        case "DOUBLE" -> NUMBER_DOUBLE;
        case "STRING" -> STRING;
        default -> throw old.spot().error("is no type; write parameterType: STRING or another");
      };
    }
    Field type = parameter.require("parameterType", "write one of STRING, NUMBER_INTEGER, …");
    try {
      return valueOf(type.text());
    } catch (IllegalArgumentException e) {
      throw type.spot()
          .error(
              "\""
                  + type.text()
                  + "\" is no type of parameters; write STRING, NUMBER_INTEGER, NUMBER_DOUBLE,"
                  + " BOOLEAN, LIST or STRUCT");
    }
  }

  ValueType valueType() {
    return valueType;
  }

  /**
   * The value as this type has it; empty if it is of another. A text parameter takes everything, as
   * JSON; so do the items of loops, which are declared as texts whatever they are.
   */
  Optional<InputValue> convert(InputValue given) {
    InputValue value = Numbers.normal(given);
    return switch (this) {
      case STRING -> Optional.of(value).map(ParameterType::text);
      case NUMBER_INTEGER -> Optional.of(value).filter(InputValue.Int.class::isInstance);
      case NUMBER_DOUBLE -> Optional.ofNullable(number(value));
      case BOOLEAN -> Optional.of(value).filter(InputValue.Bool.class::isInstance);
      case LIST -> Optional.of(value).filter(InputValue.ListValue.class::isInstance);
      default -> Optional.of(value).filter(InputValue.MapValue.class::isInstance);
    };
  }

  private static InputValue text(InputValue value) {
    return value instanceof InputValue.Text || value instanceof InputValue.Secret
        ? value
        : new InputValue.Text(JsonText.json(value));
  }

  private static @Nullable InputValue number(InputValue value) {
    if (value instanceof InputValue.Int integer) {
      return Numbers.exact(integer.value())
          ? new InputValue.Float64(integer.value().doubleValue())
          : null;
    }
    return value instanceof InputValue.Float64 ? value : null;
  }
}
