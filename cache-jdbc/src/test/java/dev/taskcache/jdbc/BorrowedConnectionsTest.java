package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.taskcache.store.Lease;
import dev.taskcache.store.StoreException;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the store does to connections of a data source that is not its own. */
class BorrowedConnectionsTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";
  private static final String POSTGRESQL = "dev.taskcache.jdbc.TestDatabase#postgresql";

  /** One connection, which is given again and again. */
  private static HikariDataSource pool(TestDatabase database, boolean autoCommit) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(database.dataSource());
    config.setMaximumPoolSize(database.database() == Database.SQLITE ? 2 : 1);
    config.setAutoCommit(autoCommit);
    return new HikariDataSource(config);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void everyCallWorksWhereConnectionsAreNotInAutoCommitMode(TestDatabase database)
      throws Exception {
    try (HikariDataSource pool = pool(database, false);
        JdbcStore store = JdbcStore.builder(pool).build();
        JdbcStore other = JdbcStore.builder(database.dataSource()).build()) {
      other.schema().migrate();
      Lease lease = Samples.lease(store, Samples.newId());
      assertThat(other.find(lease.id()).holder()).as("committed").isPresent();

      for (EveryCall call : EveryCall.values()) {
        assertThat(call.run(store, lease)).as(call.name()).isNotNull();
      }
      assertThat(other.find(lease.id()).entry()).as("committed").isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource(POSTGRESQL)
  void aConnectionGoesBackAsItCame(TestDatabase database) throws Exception {
    JdbcStore.builder(database.dataSource()).build().schema().migrate();
    try (Connection only = database.dataSource().getConnection();
        JdbcStore store = JdbcStore.builder(CountingDataSource.ofOne(only)).build()) {
      only.setAutoCommit(false);
      only.setNetworkTimeout(Runnable::run, 123_456); // longer than the deadline
      Lease lease = Samples.lease(store, Samples.newId());
      store.publish(lease, Samples.result("x"));

      assertThat(only.getAutoCommit()).isFalse();
      assertThat(only.getNetworkTimeout()).isEqualTo(123_456);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void oneInsideATransactionIsRefusedAndLeftAlone(TestDatabase database) throws Exception {
    database.execute("CREATE TABLE host_task (name varchar(9))");
    JdbcStore.builder(database.dataSource()).build().schema().migrate();
    try (Connection hosts = database.dataSource().getConnection();
        Statement statement = hosts.createStatement()) {
      hosts.setAutoCommit(false);
      statement.execute("INSERT INTO host_task VALUES ('x')");
      try (JdbcStore store = JdbcStore.builder(CountingDataSource.ofOne(hosts)).build()) {
        assertThatThrownBy(() -> store.find(Samples.newId()))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("inside a transaction")
            .hasMessageContaining("JdbcStore.in(connection)");
      }
      hosts.rollback();
    }
    assertThat(database.query("SELECT name FROM host_task")).isEmpty();
  }
}
