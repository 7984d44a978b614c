package dev.taskcache.jdbc;

import java.util.concurrent.TimeUnit;

/** One of several processes that write into one file at once; says its longest wait. */
final class WriterMain {
  private WriterMain() {}

  /** A URL, the first seed, how many. */
  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[1]);
    int count = Integer.parseInt(args[2]);
    long worst = 0;
    try (JdbcStore store = JdbcStore.builder(args[0]).build()) {
      store.find(Workload.id(first));
      System.out.println("ready");
      System.in.read();
      for (int i = 0; i < count; i++) {
        long begin = System.nanoTime();
        BenchPostgres.miss(store, first + i);
        worst = Math.max(worst, System.nanoTime() - begin);
      }
    }
    System.out.println(TimeUnit.NANOSECONDS.toMicros(worst));
  }
}
