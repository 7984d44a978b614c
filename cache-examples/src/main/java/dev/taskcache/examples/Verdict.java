package dev.taskcache.examples;

/** What became of a task, in one word; each task has exactly one. */
enum Verdict {
  /** Its outputs were recorded; nothing was executed. */
  HIT(32, "hit", "hits"),
  /** It was executed, and its outputs recorded. */
  MISS(33, "miss", "misses"),
  /** An equal task was being executed, here or by another process, and its outputs were taken. */
  WAITED(36, "waited", "waited"),
  /** It was executed and the cache had no part in it. */
  BYPASS(35, "bypass", "bypassed"),
  /** It was not executed, because of a condition or of a task that failed before it. */
  SKIPPED(90, "skipped", "skipped"),
  /** It was executed, or was to be, and failed; whatever the cache had said. */
  FAILED(31, "failed", "failed"),
  /** In a plan only: what becomes of it depends on a task that would be executed. */
  UNKNOWN(90, "unknown", "unknown");

  private final int colour;
  private final String word;
  private final String plural;

  Verdict(int colour, String word, String plural) {
    this.colour = colour;
    this.word = word;
    this.plural = plural;
  }

  String word() {
    return word;
  }

  /** The word of which there are many, as summaries have it. */
  String plural() {
    return plural;
  }

  String counted(int tasks) {
    return tasks + " " + (tasks == 1 && this != BYPASS ? word : plural);
  }

  /** The word as terminals colour it. */
  String coloured(String word) {
    return "\u001b[" + colour + "m" + word + "\u001b[0m";
  }
}
