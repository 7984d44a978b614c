package dev.taskcache;

import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;

/** Decisions as readable paragraphs. */
final class Sentences {
  private Sentences() {}

  static String of(String verdict, CacheDecision decision, Reason reason) {
    Subject subject = decision.subject();
    String key = subject.key() == null ? "" : ", " + subject.key();
    return verdict + " " + subject.name() + ": " + decision.message() + ". (" + reason + key + ")";
  }
}
