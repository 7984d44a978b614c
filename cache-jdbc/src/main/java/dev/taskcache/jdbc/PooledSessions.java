package dev.taskcache.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Borrows a connection of the caller's data source for each call. */
final class PooledSessions implements Sessions {
  private final DataSource dataSource;
  private final boolean unprepared;

  /**
   * Sessions on a data source.
   *
   * @param unprepared whether nothing may be left prepared on a connection, because the next
   *     statement may be another process's of the server
   */
  PooledSessions(DataSource dataSource, boolean unprepared) {
    this.dataSource = dataSource;
    this.unprepared = unprepared;
  }

  @Override
  public <T> T read(Deadline deadline, Work<T> work) throws SQLException {
    return write(deadline, work);
  }

  @Override
  public <T> T write(Deadline deadline, Work<T> work) throws SQLException {
    try (Loan loan = new Loan(dataSource)) {
      if (unprepared) {
        loan.prepareNothing();
      }
      return work.run(new Borrowed(loan, deadline));
    }
  }

  @Override
  public void close() {
    // The data source is the caller's, or closed by whoever opened it.
  }

  /** A connection of somebody else's. The driver keeps statements prepared that come again. */
  private static final class Borrowed extends Session {
    private final Loan loan;
    private final Deadline deadline;

    Borrowed(Loan loan, Deadline deadline) {
      this.loan = loan;
      this.deadline = deadline;
    }

    @Override
    PreparedStatement prepare(String sql) throws SQLException {
      loan.limit(deadline); // Of the second statement, too: what the first one left.
      return loan.connection().prepareStatement(sql);
    }

    @Override
    void done(PreparedStatement statement) throws SQLException {
      statement.close();
    }
  }
}
