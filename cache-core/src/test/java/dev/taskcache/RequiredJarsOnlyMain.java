package dev.taskcache;

import dev.taskcache.key.ComponentSpec;
import dev.taskcache.store.InMemoryStore;

/** What {@link RequiredJarsOnlyTest} runs in a JVM of its own. */
final class RequiredJarsOnlyMain {
  static final String EXPECTED = "ENTRY_FOUND 42";

  private RequiredJarsOnlyMain() {}

  /** Asks for one result twice. */
  public static void main(String[] args) throws Exception {
    try (TaskCache cache = TaskCache.builder(new InMemoryStore()).build()) {
      TaskRequest request =
          TaskRequest.builder(ComponentSpec.named("answer")).version("1").input("x", 6).build();
      cache.getOrRun(request, Integer.class, () -> 42);
      Outcome<Integer> second = cache.getOrRun(request, Integer.class, () -> -1);
      System.out.println(second.decision().reason() + " " + second.value());
    }
  }
}
