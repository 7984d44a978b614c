package dev.taskcache.jdbc;

import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Purge;
import java.sql.SQLException;
import java.util.List;

/**
 * What goes through a whole table: batch after batch of a thousand rows in the order of their keys,
 * each in a statement of its own, so that nobody waits for long.
 */
final class Batches {
  static final byte[] FIRST = {};

  private Batches() {}

  /** The last key of the batch that comes after a key. */
  static byte[] end(Session session, StoreSql sql, byte[] after) throws SQLException {
    return session
        .one(sql.batchEnd, p -> p.bytes(after), row -> row.getBytes(1))
        .orElse(StoreSql.LAST_KEY);
  }

  /** Notes that entries of a namespace are declared invalid; gives the moment, in microseconds. */
  static long mark(Session session, StoreSql sql, String namespace, String by) throws SQLException {
    return session
        .one(
            sql.mark, p -> p.bytes(StoreSql.MARKER).text(namespace).text(by), row -> row.getLong(1))
        .orElseThrow();
  }

  /**
   * A batch of an invalidation.
   *
   * @param moment entries whose task was claimed later stay
   */
  record Invalidation(String namespace, EntrySelector selector, String by, long moment) {

    long run(Session session, StoreSql sql, byte[] after, byte[] end) throws SQLException {
      List<Awaited> hit =
          session.list(
              sql.invalidate(selector),
              p -> {
                bindMatches(p);
                p.text(namespace).bytes(after).bytes(end);
                bindMatches(p);
                p.text(by);
              },
              Awaited::of);
      Awaited.tell(session, sql, hit);
      return hit.size();
    }

    /** The entry's condition, with the moment, and the lease's. */
    private void bindMatches(Parameters parameters) throws SQLException {
      bindSelector(parameters.number(moment));
      bindSelector(parameters);
    }

    private void bindSelector(Parameters parameters) throws SQLException {
      if (selector instanceof EntrySelector.Key key) {
        parameters.bytes(Parameters.keyBytes(key.key()));
      } else if (selector instanceof EntrySelector.Component component) {
        parameters.text(component.name());
      } else if (selector instanceof EntrySelector.Run run) {
        parameters.text(run.id());
      } else if (selector instanceof EntrySelector.CreatedBefore before) {
        parameters.time(before.time());
      } else if (selector instanceof EntrySelector.UnusedSince since) {
        parameters.time(since.time());
      }
    }
  }

  /** Forgets what is over in a batch. */
  static Purge.Purged purge(Session session, StoreSql sql, Purge purge, byte[] after, byte[] end)
      throws SQLException {
    List<Boolean> entries =
        session.list(
            sql.purge,
            p ->
                p.bytes(after)
                    .bytes(end)
                    .bytes(StoreSql.MARKER)
                    .micros(purge.grace())
                    .micros(purge.grace())
                    .micros(purge.grace())
                    .micros(purge.unusedFor()),
            row -> row.getBoolean(1));
    long withEntry = entries.stream().filter(entry -> entry).count();
    return new Purge.Purged(withEntry, entries.size() - withEntry);
  }
}
