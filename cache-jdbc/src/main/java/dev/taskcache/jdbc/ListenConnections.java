package dev.taskcache.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections of PostgreSQL's that are told of results. Thread-safe. */
final class ListenConnections {
  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  private static final int LONGEST_BLOCK_MILLIS = 500;

  private final DataSource dataSource;
  private final Backend backend;
  private final String channel;
  private final Duration deadline;

  ListenConnections(DataSource dataSource, Backend backend, String channel, Duration deadline) {
    this.dataSource = dataSource;
    this.backend = backend;
    this.channel = channel;
    this.deadline = deadline;
  }

  /** Who listens. */
  interface Ear {
    /** From now on nothing is missed. */
    void listening();

    /** Something happened to a key. */
    void told(String payload);

    /** Whether to stop; asked now and then. */
    boolean isOver();
  }

  /** Listens until it is over; false if that never works here. */
  boolean listen(Ear ear) throws SQLException {
    if (!backend.listens(Deadline.in(deadline))) {
      LOG.info(
          "The database does not notify, or a pooler is in between that keeps no connection, so"
              + " waiters poll");
      return false;
    }
    try (Loan loan = new Loan(dataSource)) {
      if (!loan.connection().isWrapperFor(PGConnection.class)) {
        LOG.info("The driver is not PostgreSQL's own, so waiters poll");
        return false;
      }
      loan.limit(Deadline.in(deadline));
      execute(loan.connection(), "LISTEN " + channel);
      try {
        ear.listening();
        receive(loan.connection().unwrap(PGConnection.class), ear);
      } finally {
        if (!loan.connection().isClosed()) {
          loan.limit(Deadline.in(deadline));
          execute(loan.connection(), "UNLISTEN " + channel);
        }
      }
      return true;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void receive(PGConnection connection, Ear ear) throws SQLException {
    while (!ear.isOver()) {
      PGNotification[] notifications = connection.getNotifications(LONGEST_BLOCK_MILLIS);
      if (notifications != null) {
        for (PGNotification each : notifications) {
          ear.told(each.getParameter());
        }
      }
    }
  }
}
