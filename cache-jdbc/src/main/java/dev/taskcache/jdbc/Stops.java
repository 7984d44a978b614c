package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.ReuseStops;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * What is stopped, in the table of entries: a row for each component whose key no task can have.
 * Nobody purges it, also no code that does not know of it, as its lease_until never comes.
 */
final class Stops implements ReuseStops {
  private final Questions questions;
  private final Invalidating invalidating;

  /** Declares entries invalid. */
  @FunctionalInterface
  interface Invalidating {
    long invalidate(String namespace, EntrySelector selector, String by);
  }

  Stops(Questions questions, Invalidating invalidating) {
    this.questions = questions;
    this.invalidating = invalidating;
  }

  /** What stands in place of a key. */
  static byte[] key(String component) {
    byte[] digest = Hashing.sha256().hashString(component, UTF_8).asBytes();
    return Bytes.concat(StoreSql.FIRST_STOP, digest);
  }

  @Override
  public void stop(String namespace, String component, String by) {
    questions.write(
        "stop the reuse of a component",
        (session, sql) ->
            session.update(
                sql.stop, p -> p.bytes(key(component)).text(namespace).text(component).text(by)));
    // Afterwards, so that nothing is claimed behind it.
    invalidating.invalidate(namespace, new EntrySelector.Component(component), by);
  }

  @Override
  public boolean clear(String namespace, String component) {
    return questions.write(
            "let a component be reused",
            (session, sql) ->
                session.update(sql.clearStop, p -> p.bytes(key(component)).text(namespace)))
        > 0;
  }

  @Override
  public Optional<Stop> find(String namespace, String component) {
    return questions.read(
        "look whether a component is stopped",
        (session, sql) ->
            session.one(sql.stopped, p -> p.bytes(key(component)).text(namespace), Stops::stop));
  }

  @Override
  public List<Stop> list(String namespace) {
    return questions.read(
        "list what is stopped",
        (session, sql) ->
            session.list(
                sql.allStopped,
                p -> p.bytes(StoreSql.FIRST_STOP).bytes(StoreSql.AFTER_STOPS).text(namespace),
                Stops::stop));
  }

  private static Stop stop(ResultSet row) throws SQLException {
    return new Stop(row.getString(1), row.getString(2), Parameters.instant(row.getLong(3)));
  }
}
