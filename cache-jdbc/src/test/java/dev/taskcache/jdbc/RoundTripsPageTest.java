package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.EntrySignature;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Purge;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How often PostgreSQL is asked for each call, counted on the wire; {@link #main} writes it into
 * {@code docs/jdbc.md}.
 */
class RoundTripsPageTest {
  private static final String TABLE = "RoundTripsPageTest";
  // Until after the driver has prepared a statement for good.
  private static final int TIMES = 7;

  public static void main(String[] args) throws Exception {
    JdbcPage.write(TABLE, JdbcPage.head(List.of("call", "round trips")), rows());
  }

  private static List<String> rows() throws Exception {
    try (TestDatabase database =
            TestDatabase.postgresql().reduce((first, last) -> last).orElseThrow();
        PostgresProxy proxy = new PostgresProxy(database);
        Connection only = proxy.dataSource().getConnection();
        JdbcStore store = JdbcStore.builder(CountingDataSource.ofOne(only)).build();
        TaskCache cache = TaskCache.builder(store).build()) {
      store.schema().migrate();
      store.find(Samples.newId()); // finds out which database it is
      return new Measuring(database, proxy, store, cache).rows();
    }
  }

  private record Measuring(
      TestDatabase database, PostgresProxy proxy, JdbcStore store, TaskCache cache) {

    /** What is done before a call, which is what it gives. */
    interface Prepared {
      Callable<?> call() throws Exception;
    }

    List<String> rows() throws Exception {
      List<String> rows = new ArrayList<>();
      int[] number = {0};
      rows.add(row("`getOrRun`, a miss", () -> () -> getOrRun(++number[0])));
      rows.add(row("`getOrRun`, a hit", () -> () -> getOrRun(1)));
      rows.add(row("`plan` of 1,000 tasks", () -> () -> cache.plan(tasks(1_000))));
      rows.add(row("`plan` of 1,001 tasks", () -> () -> cache.plan(tasks(1_001))));
      rows.add(row("`renew`", () -> renew(lease())));
      rows.add(row("`publish`, while nobody waits", () -> publish(lease())));
      rows.add(row("`publish`, while somebody waits", () -> publish(awaited(lease()))));
      rows.add(row("`publish` of a signed result, while nobody waits", () -> sign(lease())));
      rows.add(row("`abandon`, while nobody waits", () -> abandon(lease())));
      rows.add(
          row(
              "what an explanation reads",
              () -> () -> store.earlier(Samples.NAMESPACE, "train", 64)));
      rows.add(row("`invalidate` one key", () -> () -> invalidate(new EntrySelector.Key(key()))));
      database.execute("DELETE FROM taskcache_entry");
      rows.add(
          row(
              "`invalidate` by another selector, up to 999 rows",
              () -> () -> invalidate(new EntrySelector.Component("none"))));
      store.purge(Purge.DEAD); // writes down which entries were served
      rows.add(row("`purge`, up to 999 rows", () -> () -> store.purge(Purge.DEAD)));
      database.execute(
          "INSERT INTO taskcache_entry (key, namespace, fence, owner, lease_until)"
              + " SELECT int4send(i), 'n', 1, 'owner', 9000000000000000"
              + " FROM generate_series(1, 1500) AS i");
      rows.add(row("`purge`, up to 1,999 rows", () -> () -> store.purge(Purge.DEAD)));
      return rows;
    }

    /** Once for each of several times: it has to be the same each time. */
    private String row(String call, Prepared prepared) throws Exception {
      TreeSet<Integer> counts = new TreeSet<>();
      for (int i = 0; i < TIMES; i++) {
        Callable<?> ready = prepared.call();
        int before = proxy.roundTrips();
        assertThat(ready.call()).isNotNull();
        counts.add(proxy.roundTrips() - before);
      }
      assertThat(counts).as(call).hasSize(1);
      return JdbcPage.row(List.of(call, counts.first().toString()));
    }

    private Object getOrRun(int number) throws Exception {
      return cache.getOrRun(Samples.named(number), () -> Samples.text("x"));
    }

    private static List<TaskRequest> tasks(int count) {
      return IntStream.range(0, count).mapToObj(Samples::named).toList();
    }

    private static CacheKey key() {
      return Samples.newId().key();
    }

    private Object invalidate(EntrySelector selector) {
      return store.invalidate(Samples.NAMESPACE, selector, "somebody");
    }

    private Lease lease() {
      return Samples.lease(store, Samples.newId());
    }

    private Lease awaited(Lease lease) throws Exception {
      database.execute("UPDATE taskcache_entry SET awaited = true WHERE owner IS NOT NULL");
      return lease;
    }

    private Callable<?> renew(Lease lease) {
      return () -> store.renew(lease, Samples.LEASE);
    }

    private Callable<?> publish(Lease lease) {
      return () -> store.publish(lease, Samples.result("x"));
    }

    private Callable<?> sign(Lease lease) {
      EntrySignature signature = new EntrySignature(new byte[64]);
      return () -> store.publish(lease, Samples.result("x").sealedBy((from, until) -> signature));
    }

    private Callable<?> abandon(Lease lease) {
      return () -> store.abandon(lease);
    }
  }

  @Test
  void thePageSaysHowManyThereAre() throws Exception {
    assertThat(JdbcPage.rows(TABLE)).isEqualTo(rows());
  }

  /** Find, claim, publish; and a look-up of a thousand is one. */
  @Test
  void aMissIsThreeAndAHitIsOne() {
    assertThat(JdbcPage.rows(TABLE))
        .contains(
            "| `getOrRun`, a miss | 3 |",
            "| `getOrRun`, a hit | 1 |",
            "| `plan` of 1,000 tasks | 1 |");
  }
}
