package dev.taskcache.examples;

import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.store.InMemoryStore;

public final class Quickstart {
  record Report(String model, double auc) {}

  public static void main(String[] args) throws InterruptedException {
    TaskRequest request =
        TaskRequest.builder(ComponentSpec.named("train"))
            .version("1")
            .input("learning_rate", 0.01)
            .build();
    try (TaskCache cache = TaskCache.builder(new InMemoryStore()).build()) {
      Outcome<Report> first = cache.getOrRun(request, Report.class, () -> new Report("a", 0.9));
      Outcome<Report> second = cache.getOrRun(request, Report.class, () -> new Report("b", 0.1));
      System.out.println(first.decision());
      System.out.println(second.decision());
      System.out.println(second.value());
    }
  }
}
