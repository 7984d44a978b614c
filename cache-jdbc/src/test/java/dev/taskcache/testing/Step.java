package dev.taskcache.testing;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.ResultType;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** One thing that is done in a situation. */
sealed interface Step {
  /** The step on the page. */
  String row();

  /** Something that happens, of which no answer is compared. */
  record Happens(String what, Act act) implements Step {
    @Override
    public String row() {
      return what;
    }
  }

  /** What happens. */
  @FunctionalInterface
  interface Act {
    void in(Scene scene) throws Exception;
  }

  /**
   * Somebody asks, and runs the task if need be.
   *
   * @param what is asked, for the page
   * @param by who asks
   * @param type the result's type; null for named outputs
   * @param work what the task returns; it is given a number, another one for each run
   * @param meanwhile what happens while the task runs
   * @param says the answer through {@code getOrRun}
   * @param inSteps the answer through {@code decide}
   */
  record Ask(
      String what,
      TaskRequest request,
      By by,
      ResultType<Object> type,
      IntFunction<Object> work,
      List<Step> meanwhile,
      String says,
      String inSteps)
      implements Step {

    String says(Face face) {
      return face == Face.GET_OR_RUN ? says : inSteps;
    }

    Ask by(By other) {
      return new Ask(what, request, other, type, work, meanwhile, says, inSteps);
    }

    Ask as(Class<?> result, IntFunction<Object> returns) {
      return new Ask(what, request, by, ResultType.of(result), returns, meanwhile, says, inSteps);
    }

    Ask returning(IntFunction<Object> other) {
      return new Ask(what, request, by, type, other, meanwhile, says, inSteps);
    }

    Ask meanwhile(Step... steps) {
      return new Ask(what, request, by, type, work, List.of(steps), says, inSteps);
    }

    Ask says(String answer) {
      return new Ask(what, request, by, type, work, meanwhile, answer, answer);
    }

    /** Where the two ways differ on purpose. */
    Ask butInSteps(String answer) {
      return new Ask(what, request, by, type, work, meanwhile, says, answer);
    }

    @Override
    public String row() {
      String during =
          meanwhile.isEmpty()
              ? ""
              : meanwhile.stream()
                  .map(Step::row)
                  .collect(Collectors.joining(", ", ", and while it runs ", ""));
      String other = says.equals(inSteps) ? "" : ", in steps `" + inSteps + "`";
      return what + by.row() + during + ": `" + says + "`" + other;
    }
  }
}
