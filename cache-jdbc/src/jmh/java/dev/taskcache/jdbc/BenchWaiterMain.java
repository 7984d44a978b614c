package dev.taskcache.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.store.EntryId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.postgresql.PGConnection;

/**
 * The other process: waits for what it is told to, and says when it had it, by {@link
 * System#nanoTime}, which all processes of one Linux machine share.
 */
final class BenchWaiterMain {
  static final String CHANNEL = "bare";

  private BenchWaiterMain() {}

  /** A URL. Lines are: store SEED FENCE, bare. */
  public static void main(String[] args) throws Exception {
    ExecutorService listening = Executors.newCachedThreadPool();
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
    try (HikariDataSource pool = BenchPostgres.pool(args[0]);
        JdbcStore store = JdbcStore.builder(pool).listenExecutor(listening).build();
        Connection bare = TestDatabase.dataSource(args[0]).getConnection();
        Statement listen = bare.createStatement()) {
      listen.execute("LISTEN " + CHANNEL);
      System.out.println("ready");
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ");
        if (words[0].equals("store")) {
          EntryId id = Workload.id(Long.parseLong(words[1]));
          boolean there =
              store.await(id, Long.parseLong(words[2]), Duration.ofSeconds(30)).storedEntry()
                  != null;
          System.out.println(there ? System.nanoTime() : "nothing came");
        } else {
          bare.unwrap(PGConnection.class).getNotifications(30_000);
          System.out.println(System.nanoTime());
        }
      }
    }
    listening.shutdownNow();
  }
}
