package dev.taskcache.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A row of {@code docs/parity.md}: what is done, and what the cache says, whichever store it uses
 * and whichever way it is asked.
 *
 * @param name what is special about it
 * @param steps what is done, in order
 */
record Situation(String name, List<Step> steps) {

  static Situation of(String name, Step... steps) {
    return new Situation(name, List.of(steps));
  }

  /** What the table says, an answer for each question as it is answered, through one face. */
  List<String> expected(Face face) {
    return questions(steps).map(ask -> ask.says(face)).toList();
  }

  /** Whether the two ways of asking differ here on purpose. */
  boolean differs() {
    return !expected(Face.GET_OR_RUN).equals(expected(Face.DECIDE_AND_PUBLISH));
  }

  private static Stream<Step.Ask> questions(List<Step> steps) {
    return steps.stream()
        .filter(Step.Ask.class::isInstance)
        .map(Step.Ask.class::cast)
        .flatMap(ask -> Stream.concat(questions(ask.meanwhile()), Stream.of(ask)));
  }

  /** The row. */
  String row() {
    return steps.stream()
        .map(Step::row)
        .collect(Collectors.joining("<br>", "| " + name + " | ", " |"));
  }

  @Override
  public String toString() {
    return name;
  }
}
