package dev.taskcache;

import dev.taskcache.explain.Subject;

/** Decisions as readable paragraphs. */
final class Sentences {
  private Sentences() {}

  static String of(String verdict, CacheDecision decision) {
    Subject subject = decision.subject();
    String key = subject.key() == null ? "" : " Key " + subject.key() + ".";
    return verdict
        + " "
        + subject.name()
        + " ("
        + decision.reason()
        + "): "
        + decision.message()
        + "."
        + key;
  }
}
