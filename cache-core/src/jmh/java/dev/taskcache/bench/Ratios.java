package dev.taskcache.bench;

import dev.taskcache.bench.TextBenchmark.Script;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark once in each of several rounds, in a JVM of its own, and prints the table of
 * docs/performance.md. A benchmark's time is that of the fastest of many short iterations: on a
 * busy machine most of the others measure the neighbours. A ratio is taken within a round; the
 * table has the median of the rounds, and the lowest and highest.
 */
final class Ratios {
  private static final int ROUNDS = Integer.getInteger("rounds", 5);

  /** What one round measured: nanoseconds and bytes for each operation, by benchmark. */
  private record Round(Map<String, Double> nanos, Map<String, Double> bytes) {
    double times(String benchmark, String baseline) {
      return value(nanos, benchmark) / value(nanos, baseline);
    }

    double bytes(String benchmark) {
      return value(bytes, benchmark);
    }

    /** How much more two threads do together than one does. */
    double gain(String benchmark) {
      return 2 * value(nanos, benchmark) / value(nanos, benchmark + "@2");
    }

    private static double value(Map<String, Double> values, String benchmark) {
      Double value = values.get(benchmark);
      if (value == null) {
        throw new IllegalStateException("there is no benchmark " + benchmark + " in " + values);
      }
      return value;
    }
  }

  private Ratios() {}

  public static void main(String[] args) throws RunnerException {
    boolean nextflow = Files.isDirectory(NextflowBenchmark.JARS);
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i <= ROUNDS; i++) {
      System.err.println("round " + i + " of " + ROUNDS);
      Round round = new Round(new HashMap<>(), new HashMap<>());
      measure(round, ".*", nextflow ? "nothing" : "NextflowBenchmark", 1);
      measure(round, "HitBenchmark", "nothing", 2);
      rounds.add(round);
    }
    System.out.println(
        "| what | target | median | lowest to highest | met |\n|---|---|---|---|---|");
    keys(rounds);
    texts(rounds);
    hits(rounds);
    artifacts(rounds);
    kubeflow(rounds);
    if (nextflow) {
      row(
          rounds,
          "Nextflow's hash of 20 inputs / their key",
          Limit.atLeast(1),
          round -> round.times("Nextflow.nextflow", "Key.key"));
      row(
          rounds,
          "the same, with the request made from 20 Java objects",
          Limit.atLeast(1),
          round -> round.times("Nextflow.nextflow", "Key.keyOfJavaObjects"));
    } else {
      System.out.println(
          "| Nextflow | | not run: " + NextflowBenchmark.JARS + " is not there | | |");
    }
  }

  private static void keys(List<Round> rounds) {
    row(
        rounds,
        "key of 20 inputs / SHA-256 of its two documents",
        Limit.atMost(1.6),
        round -> round.times("Key.key", "Key.sha256"));
    row(rounds, "the same, allocated bytes", Limit.atMost(1_024), round -> round.bytes("Key.key"));
    row(
        rounds,
        "request from 20 Java objects and its key / SHA-256",
        Limit.NONE,
        round -> round.times("Key.keyOfJavaObjects", "Key.sha256"));
  }

  private static void texts(List<Round> rounds) {
    for (Script script : Script.values()) {
      String name = "SHA-256 of 1 MiB " + script + " / its key";
      Limit speed = Limit.atLeast(script == Script.ASCII ? 0.7 : 0.4);
      row(rounds, name, speed, round -> round.times("Text.sha256:" + script, "Text.key:" + script));
      row(
          rounds,
          name + ", from the Java text",
          speed,
          round -> round.times("Text.sha256:" + script, "Text.keyOfJavaObjects:" + script));
      row(
          rounds,
          "the same, allocated copies of the value",
          Limit.atMost(1),
          round -> round.bytes("Text.keyOfJavaObjects:" + script) / (1 << 20));
    }
  }

  private static void hits(List<Round> rounds) {
    row(
        rounds,
        "hit in memory / key and a map's get",
        Limit.atMost(1.5),
        round -> round.times("Hit.hit", "Hit.keyAndGet"));
    row(rounds, "the same, allocated bytes", Limit.NONE, round -> round.bytes("Hit.hit"));
    row(
        rounds,
        "hit with options on every level / hit without any",
        Limit.atMost(1.05),
        round -> round.times("Options.hitWith", "Options.hitWithout"));
    row(
        rounds,
        "bytes allocated to resolve options, once a task is prepared",
        Limit.atMost(0),
        round -> Math.floor(round.bytes("Options.resolve")));
    row(
        rounds,
        "explanation among 64 earlier entries / key",
        Limit.atMost(100),
        round -> round.times("Explain.explanation", "Explain.key"));
    row(
        rounds,
        "what a second thread adds to hits / what it adds to SHA-256",
        Limit.atLeast(0.9),
        round -> (round.gain("Hit.hit") - 1) / (round.gain("Hit.sha256") - 1));
  }

  private static void artifacts(List<Round> rounds) {
    row(
        rounds,
        "looking for 100 file artifacts / asking whether 100 files exist",
        Limit.atMost(2),
        round -> round.times("Verify.verifyExistence", "Verify.exists"));
    row(
        rounds,
        "the same with their sizes / stat",
        Limit.atMost(2),
        round -> round.times("Verify.verifySize", "Verify.stat"));
    row(
        rounds,
        "what it adds to a hit in memory / asking whether 100 files exist",
        Limit.atMost(2),
        round ->
            round.times("Verify.looked", "Verify.exists")
                - round.times("Verify.believed", "Verify.exists"));
  }

  private static void kubeflow(List<Round> rounds) {
    row(
        rounds,
        "Kubeflow's fingerprint of a lightweight component / SHA-256 of its bytes",
        Limit.atMost(4),
        round -> round.times("Kfp.fingerprint", "Kfp.sha256"));
    row(
        rounds,
        "the same from JSON",
        Limit.NONE,
        round -> round.times("Kfp.fingerprintOfJson", "Kfp.sha256"));
  }

  private static void measure(Round round, String include, String exclude, int threads)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(include)
            .exclude(exclude)
            .threads(threads)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .warmupIterations(4)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(200)
            .measurementTime(TimeValue.milliseconds(4))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    for (RunResult result : new Runner(options.build()).run()) {
      String script = result.getParams().getParam("script");
      String name =
          result.getParams().getBenchmark().replaceAll(".*[.](\\w+)Benchmark[.]", "$1.")
              + (script == null ? "" : ":" + script)
              + (threads == 1 ? "" : "@" + threads);
      round.nanos().put(name, result.getPrimaryResult().getStatistics().getMin());
      result
          .getSecondaryResults()
          .forEach(
              (label, value) -> {
                if (label.endsWith("gc.alloc.rate.norm")) {
                  round.bytes().put(name, value.getStatistics().getMin());
                }
              });
    }
  }

  /** What a figure must not cross. */
  private record Limit(double value, boolean least) {
    static final Limit NONE = new Limit(Double.NaN, true);

    static Limit atLeast(double value) {
      return new Limit(value, true);
    }

    static Limit atMost(double value) {
      return new Limit(value, false);
    }

    String met(double figure) {
      return Double.isNaN(value) ? "" : (least ? figure >= value : figure <= value) ? "yes" : "no";
    }

    @Override
    public String toString() {
      return Double.isNaN(value) ? "" : (least ? "at least " : "at most ") + Ratios.text(value);
    }
  }

  private static void row(
      List<Round> rounds, String what, Limit limit, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    double median = sorted[sorted.length / 2];
    String range = text(sorted[0]) + " to " + text(sorted[sorted.length - 1]);
    System.out.println(
        String.join(
            " | ", "| " + what, limit.toString(), text(median), range, limit.met(median) + " |"));
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
