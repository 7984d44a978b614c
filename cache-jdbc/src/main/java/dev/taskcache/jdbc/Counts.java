package dev.taskcache.jdbc;

import dev.taskcache.store.CountBuffer;
import dev.taskcache.store.Statistics;
import dev.taskcache.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Statistics in a table, to which they are added now and then. Where there is no such table, as in
 * a schema that is older than this code, or no right to write to it, nothing is counted, which is
 * said once. Thread-safe.
 */
final class Counts implements Statistics {
  /** How long they are kept. */
  static final Duration KEPT = Duration.ofDays(90);

  private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);
  private static final Comparator<Count> SORTED =
      Comparator.comparing(Count::namespace)
          .thenComparing(Count::component)
          .thenComparing(Count::counter);

  private final Questions questions;
  private final CountBuffer buffer = new CountBuffer();
  private volatile boolean off;

  Counts(Questions questions) {
    this.questions = questions;
  }

  @Override
  public void count(String namespace, String component, String counter, long amount) {
    if (!off) {
      buffer.count(namespace, component, counter, amount);
    }
  }

  @Override
  public List<Count> since(Duration time) {
    return questions.read(
        "read statistics",
        (session, sql) ->
            session.list(
                sql.counted,
                p -> p.micros(time),
                row ->
                    new Count(
                        row.getString(1), row.getString(2), row.getString(3), row.getLong(4))));
  }

  /** Adds what was counted since this was last done. Never fails. */
  void flush() {
    List<Count> counts = new ArrayList<>(buffer.drain());
    if (off || counts.isEmpty()) {
      return;
    }
    counts.sort(SORTED); // So that two processes cannot lock each other up.
    try {
      add(counts);
    } catch (StoreException e) {
      if (Dialect.isRefused(e)) {
        off = true;
        LOG.warn(
            "Statistics are not stored by this process: {}; run JdbcSchema.migrate(), and what"
                + " JdbcSchema.roles() prints",
            e.getMessage());
      } else {
        LOG.warn("Statistics could not be stored; they are tried again", e);
        counts.forEach(each -> buffer.count(each));
      }
    }
  }

  private void add(List<Count> counts) {
    List<Session.Binder> binders =
        counts.stream()
            .<Session.Binder>map(
                each ->
                    parameters ->
                        parameters
                            .text(each.namespace())
                            .text(each.component())
                            .text(each.counter())
                            .number(each.value()))
            .toList();
    questions.write(
        "store statistics",
        (session, sql) -> {
          session.updateAll(sql.count, binders);
          return true;
        });
  }

  /** Forgets what is older than {@link #KEPT}. */
  void purge() {
    if (off) {
      return;
    }
    try {
      questions.write(
          "purge statistics",
          (session, sql) -> session.update(sql.forgetCounts, p -> p.micros(KEPT)));
    } catch (StoreException e) {
      if (!Dialect.isRefused(e)) {
        throw e;
      }
    }
  }
}
