package dev.taskcache.jdbc;

import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Lease;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Taking, keeping and giving back the right to run a task. */
final class Leases {
  private Leases() {}

  static Optional<Lease> claim(Session session, StoreSql sql, EntryId id, Claim claim)
      throws SQLException {
    Optional<Claimed> claimed =
        session.one(
            sql.claim,
            parameters ->
                parameters
                    .id(id)
                    .text(claim.owner())
                    .micros(claim.length())
                    .text(claim.component())
                    .text(claim.run())
                    .micros(claim.length())
                    .number(claim.rejectedFence())
                    .bytes(Stops.key(claim.component()))
                    .text(id.namespace()),
            row -> new Claimed(new Lease(id, claim.owner(), row.getLong(1)), row.getBoolean(2)));
    if (claimed.isPresent() && claimed.get().stopped()) {
      abandon(session, sql, claimed.get().lease());
      return Optional.empty();
    }
    return claimed.map(Claimed::lease);
  }

  /** A lease, and whether the reuse of its component is stopped, so that there must be none. */
  private record Claimed(Lease lease, boolean stopped) {}

  static boolean renew(Session session, StoreSql sql, Lease lease, Duration length)
      throws SQLException {
    return session.update(sql.renew, parameters -> parameters.micros(length).lease(lease)) > 0;
  }

  static boolean abandon(Session session, StoreSql sql, Lease lease) throws SQLException {
    return ended(session, sql, session.list(sql.abandon, p -> p.lease(lease), Awaited::of)) > 0;
  }

  static int abandonAll(Session session, StoreSql sql, String namespace, String run)
      throws SQLException {
    return ended(
        session, sql, session.list(sql.abandonAll, p -> p.text(namespace).text(run), Awaited::of));
  }

  private static int ended(Session session, StoreSql sql, List<Awaited> rows) throws SQLException {
    Awaited.tell(session, sql, rows);
    return rows.size();
  }
}
