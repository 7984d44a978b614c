package dev.taskcache.testing;

import dev.taskcache.TaskRequest;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Outputs;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Whether a host's own requests are answered alike everywhere.
 *
 * @param requests the requests, with their outputs
 * @param task what the task of a request returns
 */
record HostParity(List<TaskRequest> requests, Function<TaskRequest, Outputs> task) {
  private static final List<String> TIMES = List.of("the first time", "the second time");

  HostParity {
    requests = List.copyOf(requests);
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("no requests, so there is nothing to compare; give some");
    }
  }

  void check(CacheStore one, CacheStore another) throws InterruptedException {
    Map<String, List<String>> answers = new LinkedHashMap<>();
    Map<String, CacheStore> stores = new LinkedHashMap<>();
    stores.put("the first store", one);
    stores.put("the second store", another);
    for (Map.Entry<String, CacheStore> store : stores.entrySet()) {
      for (Face face : Face.values()) {
        answers.put(store.getKey() + ", " + face, answers(store.getValue(), face));
      }
    }
    List<String> expected = answers.values().iterator().next();
    for (int i = 0; i < expected.size(); i++) {
      compare(i, answers);
    }
  }

  private List<String> answers(CacheStore store, Face face) throws InterruptedException {
    CacheStore own =
        new IsolatedStore(store, "parity " + UUID.randomUUID() + "/", () -> Duration.ZERO);
    Host host = Host.on(own, Clock.systemUTC(), Duration.ZERO, UnaryOperator.identity());
    List<String> answers = new ArrayList<>();
    try {
      for (int i = 0; i < TIMES.size(); i++) {
        for (TaskRequest request : requests) {
          Answer answer = face.ask(host, request, null, () -> task.apply(request));
          answers.add(answer.inWords() + ", the caller has " + answer.result());
        }
      }
    } finally {
      host.cache().close();
    }
    return answers;
  }

  private void compare(int number, Map<String, List<String>> answers) {
    List<String> here =
        answers.values().stream().map(each -> Objects.requireNonNull(each.get(number))).toList();
    if (here.stream().distinct().count() > 1) {
      TaskRequest request = requests.get(number % requests.size());
      StringBuilder message =
          new StringBuilder("Expected the same answers everywhere, but request ")
              .append(number % requests.size() + 1)
              .append(" (")
              .append(request.component().displayName())
              .append("), ")
              .append(TIMES.get(number / requests.size()))
              .append(", has\n");
      answers.forEach(
          (where, each) ->
              message
                  .append("  ")
                  .append(where)
                  .append(": ")
                  .append(each.get(number))
                  .append('\n'));
      throw new AssertionError(message.toString());
    }
  }
}
