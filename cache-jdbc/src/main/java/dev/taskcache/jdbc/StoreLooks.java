package dev.taskcache.jdbc;

import dev.taskcache.jdbc.Waits.Awaiting;
import dev.taskcache.jdbc.Waits.Seen;
import dev.taskcache.store.Found;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How those who wait look at their row. */
final class StoreLooks {
  private static final int LEASE_UNTIL = 5;

  private StoreLooks() {}

  static Seen look(Session session, StoreSql sql, Awaiting awaiting) throws SQLException {
    return session
        .one(
            sql.find,
            parameters -> parameters.id(awaiting.id()),
            row ->
                new Seen(
                    EntryRow.entry(row, sql, awaiting.id()),
                    row.getLong(LEASE_UNTIL) - sql.clock(row, EntryRow.CLOCK)))
        .orElseGet(() -> new Seen(Found.nothing(), 0));
  }

  static Seen mark(Session session, StoreSql sql, Awaiting awaiting) throws SQLException {
    Optional<Seen> held =
        session.one(
            sql.await,
            parameters -> parameters.id(awaiting.id()).number(awaiting.fence()),
            row -> held(row, awaiting.fence()));
    return held.isPresent() ? held.get() : look(session, sql, awaiting);
  }

  private static Seen held(ResultSet row, long fence) throws SQLException {
    long until = row.getLong(2);
    Found.Holder holder = new Found.Holder(row.getString(1), fence, Parameters.instant(until));
    return new Seen(new Found<>(null, holder, null), until - row.getLong(3));
  }
}
