package dev.taskcache.jdbc;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the benchmarks of the store in a database, and prints the table of docs/performance.md.
 *
 * <p>A ratio is that of two slices of a fifth of a second which followed each other, ours and the
 * plain thing's; the table has the median of the pairs, and the lowest and highest.
 */
final class JdbcRatios {
  private interface Benchmark {
    void run(Table table) throws Exception;
  }

  private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

  static {
    ALL.put("hit", HitBench::run);
    ALL.put("publish", PublishBench::run);
    ALL.put("plan", PlanBench::run);
    ALL.put("waiter", WaiterBench::run);
    ALL.put("sqlite", SqliteBench::run);
    ALL.put("growth", GrowthBench::run);
    ALL.put("trust", TrustBench::run);
  }

  private JdbcRatios() {}

  /** Which to run, with commas in between; all unless given. */
  public static void main(String[] args) throws Exception {
    String only = args.length > 0 ? args[0] : System.getProperty("bench.only", "");
    List<String> names = only.isBlank() ? List.copyOf(ALL.keySet()) : List.of(only.split(","));
    if (!ALL.keySet().containsAll(names)) {
      throw new IllegalArgumentException("there is " + ALL.keySet() + ", not " + names);
    }
    Table table = new Table();
    table.begin();
    for (String name : names) {
      ALL.get(name).run(table);
    }
    System.exit(0); // Servers end with the JVM; no pool's thread keeps it.
  }
}
