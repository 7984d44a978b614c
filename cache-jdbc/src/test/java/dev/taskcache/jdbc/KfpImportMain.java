package dev.taskcache.jdbc;

import dev.taskcache.jdbc.kfp.KfpImport;
import dev.taskcache.jdbc.kfp.KfpImportCounts;
import dev.taskcache.kfp.KfpStaleness;

/** Imports a cache server's table into a store and prints the counts, and how many keys it told. */
final class KfpImportMain {
  private KfpImportMain() {}

  /** Takes the URL of the cache server's database, and of the store, or {@code -} for a dry run. */
  public static void main(String[] args) throws Exception {
    System.out.println(Runtime.getRuntime().maxMemory());
    KfpImport reading =
        new CacheServerTable(args[0], false).reading("team", KfpStaleness.UNLIMITED);
    long[] told = new long[1];
    KfpImportCounts counts;
    if (args[1].equals("-")) {
      counts = reading.dryRun(key -> told[0] += key.rows());
    } else {
      try (JdbcStore store = JdbcStore.builder(TestDatabase.dataSource(args[1])).build()) {
        counts = reading.run(store, key -> told[0] += key.rows());
      }
    }
    System.out.println(counts);
    System.out.println(told[0]);
  }
}
