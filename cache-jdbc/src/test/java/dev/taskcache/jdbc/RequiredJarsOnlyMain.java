package dev.taskcache.jdbc;

import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;

/** What {@link RequiredJarsOnlyTest} runs in a JVM of its own. */
final class RequiredJarsOnlyMain {
  static final String EXPECTED = Migrations.OURS.files().size() + " migrations, then 0; stored";

  private RequiredJarsOnlyMain() {}

  /** The class of a driver's data source, the name of its setter, and a URL. */
  public static void main(String[] args) throws Exception {
    DataSource dataSource =
        (DataSource) Class.forName(args[0]).getDeclaredConstructor().newInstance();
    dataSource.getClass().getMethod(args[1], String.class).invoke(dataSource, args[2]);
    JdbcSchema schema = JdbcSchema.of(dataSource);
    int first = schema.migrate();
    schema.validate();
    int second = schema.migrate();
    System.out.println(first + " migrations, then " + second + "; " + store(dataSource));
  }

  /** Each kind of call, and a wait that listens where it can. */
  private static String store(DataSource dataSource) throws InterruptedException {
    ExecutorService listening = Executors.newSingleThreadExecutor();
    try (JdbcStore store = JdbcStore.builder(dataSource).listenExecutor(listening).build()) {
      EntryId id = Samples.newId();
      Lease lease = Samples.lease(store, id);
      store.await(id, lease.fence(), Duration.ofMillis(1));
      store.publish(lease, Samples.result("x"));
      return store.find(id).entry().isPresent() ? "stored" : "not stored";
    } finally {
      listening.shutdown();
    }
  }
}
