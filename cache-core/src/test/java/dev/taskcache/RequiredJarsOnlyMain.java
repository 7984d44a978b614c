package dev.taskcache;

/** What {@link RequiredJarsOnlyTest} runs in a JVM of its own. */
final class RequiredJarsOnlyMain {
  static final String EXPECTED = "ran";

  private RequiredJarsOnlyMain() {}

  public static void main(String[] args) {
    // TODO: build a cache with the in-memory store, getOrRun a task twice, print the second result.
    System.out.println(EXPECTED);
  }
}
