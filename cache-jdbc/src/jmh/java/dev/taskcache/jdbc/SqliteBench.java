package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** SQLite: hits beside plain JDBC, and four processes that write at once. */
final class SqliteBench {
  private static final int ENTRIES = 1_000;
  private static final int PROCESSES = 4;
  private static final int WRITES = Integer.getInteger("bench.writes", 500);

  private SqliteBench() {}

  static void run(Table table) throws Exception {
    try (TestDatabase database = TestDatabase.sqlite();
        JdbcStore store = JdbcStore.builder(database.url()).build()) {
      store.schema().migrate();
      hits(table, database, store);
      writers(table, database, store);
    }
  }

  private static void hits(Table table, TestDatabase database, JdbcStore store) throws Exception {
    List<EntryId> ids = LongStream.range(0, ENTRIES).mapToObj(Workload::id).toList();
    LongStream.range(0, ENTRIES).forEach(seed -> BenchPostgres.miss(store, seed));
    PlainSelect select = new PlainSelect(BenchPostgres.TABLE, ids);
    try (Connection connection = SqliteFile.open(database.dataSource());
        PreparedStatement statement = connection.prepareStatement(select.sql())) {
      Pairs pairs =
          Pairs.of(
              1,
              operation -> HitBench.hit(store, ids.get(operation % ENTRIES)),
              operation -> select.run(statement, operation));
      table.row("SQLite: hits / plain SELECTs", Limit.atLeast(0.75), pairs.throughput());
      table.row("SQLite: a hit's p50 / a SELECT's", Limit.NONE, pairs.p50());
      table.note("hit and SELECT", pairs.latencies());
    }
  }

  private static void writers(Table table, TestDatabase database, JdbcStore store)
      throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    double[] worst = new double[PROCESSES];
    try {
      for (int i = 0; i < PROCESSES; i++) {
        String first = String.valueOf(ENTRIES + i * WRITES);
        children.add(new ChildJvm(WriterMain.class, database.url(), first, String.valueOf(WRITES)));
      }
      for (ChildJvm child : children) {
        child.line();
      }
      for (ChildJvm child : children) {
        child.tell("go");
      }
      for (int i = 0; i < PROCESSES; i++) {
        worst[i] = Long.parseLong(children.get(i).line()) / 1e3;
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
    long lost =
        LongStream.range(0, ENTRIES + PROCESSES * WRITES).filter(seed -> lost(store, seed)).count();
    table.row("SQLite: entries lost of four writing processes", Limit.atMost(0), lost);
    table.row("SQLite: the longest of a process's misses, ms", Limit.NONE, worst);
  }

  private static boolean lost(JdbcStore store, long seed) {
    return !store
        .find(Workload.id(seed))
        .entry()
        .map(entry -> entry.outputs().equals(Workload.outputs(seed)))
        .orElse(false);
  }
}
