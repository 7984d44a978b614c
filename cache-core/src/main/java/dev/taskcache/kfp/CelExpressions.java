package dev.taskcache.kfp;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.taskcache.key.InvalidRequestException;

/**
 * Parses expressions in CEL.
 *
 * <p>They are not type-checked before they run. Parameters have no static type, and the checker of
 * the library settles an overload for {@code int(inputs.parameter_values['x'])} that then fits
 * integers only.
 */
final class CelExpressions {
  private static final int MOST_ITERATIONS = 100_000;
  private static final String PARSE_JSON = "parseJson";

  private static final Cel CEL =
      CelFactory.plannerCelBuilder()
          .setOptions(
              CelOptions.current()
                  .enableHeterogeneousNumericComparisons(true)
                  .comprehensionMaxIterations(MOST_ITERATIONS)
                  .build())
          .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
          .addFunctionDeclarations(
              CelFunctionDecl.newFunctionDeclaration(
                  PARSE_JSON,
                  CelOverloadDecl.newGlobalOverload(
                      "parse_json", SimpleType.DYN, SimpleType.STRING)))
          .addFunctionBindings(
              CelFunctionBinding.fromOverloads(
                  PARSE_JSON,
                  CelFunctionBinding.from("parse_json", String.class, CelExpressions::parseJson)))
          .build();

  private CelExpressions() {}

  static Expression.Evaluation parse(String text, Spot spot) {
    try {
      CelRuntime.Program program = CEL.createProgram(CEL.parse(text).getAst());
      return variables -> {
        try {
          return CelValues.fromCel(program.eval(variables));
        } catch (CelEvaluationException e) {
          throw new ExpressionFailedException(String.valueOf(e.getMessage()));
        }
      };
    } catch (CelValidationException e) {
      String problem = e.getErrors().isEmpty() ? "" : ": " + e.getErrors().get(0).getMessage();
      throw spot.error("\"" + text + "\" is no expression of CEL" + problem);
    } catch (CelEvaluationException e) {
      throw spot.error("\"" + text + "\" cannot be evaluated: " + e.getMessage());
    }
  }

  private static Object parseJson(String json) throws CelEvaluationException {
    try {
      return CelValues.toCel(JsonText.parse(json));
    } catch (InvalidRequestException e) {
      throw new CelEvaluationException("parseJson: " + e.getMessage());
    }
  }
}
