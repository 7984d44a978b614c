package dev.taskcache.testing;

import dev.taskcache.LeaseToken;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Difference;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.Purge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A situation under way, in one store and through one face. Not thread-safe. */
final class Scene implements AutoCloseable {
  final World world = new World();
  final TestCache test;
  private final Stage stage;
  private final Face face;
  private final TaskCache elsewhere;
  private final Map<By, Host> hosts = new HashMap<>();
  private final Map<CacheKey, String> letters = new HashMap<>();
  private final Map<Object, String> results = new HashMap<>(Map.of(Outputs.NONE, "nothing"));
  private final List<String> lines = new ArrayList<>();
  private final List<String> details = new ArrayList<>();
  private LeaseToken token;
  private int runs;

  Scene(Stage stage, Face face) {
    this.stage = stage;
    this.face = face;
    this.test = stage.open(UnaryOperator.identity());
    this.elsewhere = test.newCache(UnaryOperator.identity());
  }

  /** What was answered: as the table has it, and in every detail. */
  record Record(List<String> lines, List<String> details) {}

  Record play(Situation situation) throws Exception {
    play(situation.steps());
    return new Record(lines, details);
  }

  private void play(List<Step> steps) throws Exception {
    for (Step step : steps) {
      if (step instanceof Step.Ask ask) {
        ask(ask);
      } else if (step instanceof Step.Happens happens) {
        happens.act().in(this);
      }
    }
  }

  private void ask(Step.Ask ask) throws InterruptedException {
    Host host = hosts.computeIfAbsent(ask.by(), this::host);
    Answer answer =
        face.ask(
            host,
            ask.request(),
            ask.type(),
            () -> {
              play(ask.meanwhile());
              return run(ask);
            });
    lines.add(line(answer));
    details.add(answer.inWords());
    List<String> told = new ArrayList<>(List.of(answer.reason().toString()));
    if (answer.write() != null) {
      told.add(answer.written());
    }
    if (!answer.told().equals(told)) {
      throw new AssertionError("listeners were told " + answer.told() + " instead of " + told);
    }
  }

  private Host host(By by) {
    return Host.on(
        test.store(),
        test.clock(),
        by.longestWait(),
        builder -> by.settings().apply(world, builder));
  }

  private Object run(Step.Ask ask) {
    runs++;
    Object result = ask.work().apply(runs);
    results.putIfAbsent(result, String.valueOf(runs));
    return result;
  }

  private String line(Answer answer) {
    String letter =
        answer.key() == null
            ? "–"
            : letters.computeIfAbsent(
                answer.key(), key -> String.valueOf((char) ('A' + letters.size())));
    String differences =
        answer.explanation().differences().stream()
            .map(Difference::what)
            .collect(Collectors.joining(", ", " (", ")"));
    String line = letter + " " + answer.decision() + (differences.equals(" ()") ? "" : differences);
    if (answer.failure() != null) {
      return line + " -> fails";
    } else if (answer.result() == null) {
      return line;
    }
    String result = results.getOrDefault(answer.result(), "something unknown");
    return line + " -> " + result + (answer.ran() ? ", " + answer.written() : "");
  }

  /** Time passes. */
  void elapse(Duration step) {
    test.clock().advance(step);
  }

  /** Another process claims a request's lease. */
  void claimElsewhere(TaskRequest request) {
    token = test.given(request).runsElsewhere();
  }

  /** It publishes. */
  void publishElsewhere() {
    runs++;
    Outputs outputs = Sample.numbered(runs);
    results.putIfAbsent(outputs, String.valueOf(runs));
    elsewhere.publish(token, outputs);
  }

  /** It gives the lease back. */
  void abandonElsewhere() {
    elsewhere.abandon(token);
  }

  void invalidate(EntrySelector selector) {
    test.store().invalidate(TaskRequest.DEFAULT_NAMESPACE, selector, "alice");
  }

  void purge(Purge purge) {
    stage.purge(test, purge);
  }

  @Override
  public void close() {
    hosts.values().forEach(host -> host.cache().close());
    test.close();
  }
}
