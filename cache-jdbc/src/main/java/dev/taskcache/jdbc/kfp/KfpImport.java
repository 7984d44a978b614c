package dev.taskcache.jdbc.kfp;

import dev.taskcache.kfp.KfpFingerprint;
import dev.taskcache.kfp.KfpStaleness;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table {@code execution_caches} of Kubeflow's v1 cache server, on MySQL, MariaDB or
 * PostgreSQL, says what is wrong with its rows, and moves the newest valid row of each key into a
 * store, under its key of scheme {@link KfpFingerprint#V1}. The table is only read. With MySQL and
 * MariaDB both MariaDB's driver and MySQL's give rows one after the other.
 *
 * <p>Rows are read one after the other, and a few texts at a time; of a key's rows only the IDs are
 * kept. It can be repeated at any time: what is in the store stays and costs one look, so an import
 * that was interrupted is begun again. Outputs of a moved row are the fields of its {@code
 * ExecutionOutput}; it expires when the cache server would no longer use it. Immutable and
 * thread-safe.
 *
 * @param source opens connections to the cache server's database, of which two are needed at a time
 * @param namespace the namespace of the store that rows are moved into
 * @param maximum what {@code MAXIMUM_CACHE_STALENESS} of the cache server says: older rows count as
 *     expired
 * @param clock what ages are counted by; they count from the column {@code StartedAtInSec}
 */
public record KfpImport(Connections source, String namespace, KfpStaleness maximum, Clock clock) {

  /** What opens connections: a data source, or a driver where there is none. */
  @FunctionalInterface
  public interface Connections {
    /**
     * Opens one.
     *
     * @return a connection, which is closed when the import is over
     * @throws SQLException if the database does not answer
     */
    Connection open() throws SQLException;
  }

  /** Refuses an empty namespace. */
  public KfpImport {
    if (namespace.isEmpty()) {
      throw new IllegalArgumentException("namespace: is empty; name whose results they are");
    }
  }

  /**
   * Says what is wrong and what would be moved; writes nothing.
   *
   * @param findings hears of each key with more than one row or with one that cannot be used, in
   *     the caller's thread
   * @return the counts
   * @throws SQLException if the database fails, or has no such table or no such columns
   */
  public KfpImportCounts dryRun(Consumer<KfpImportKey> findings) throws SQLException {
    return read(null, findings);
  }

  /**
   * Moves rows into a store.
   *
   * @param store the store; the caller closes it
   * @param findings as {@link #dryRun} takes it
   * @return the counts
   * @throws SQLException if the cache server's database fails, or has no such table or no such
   *     columns
   * @throws StoreException if the store fails; what was moved before stays
   */
  public KfpImportCounts run(CacheStore store, Consumer<KfpImportKey> findings)
      throws SQLException {
    return read(store, findings);
  }

  private KfpImportCounts read(@Nullable CacheStore store, Consumer<KfpImportKey> findings)
      throws SQLException {
    try (Connection rows = source.open();
        Connection texts = source.open();
        RowStream stream = RowStream.of(rows)) {
      CacheTable table = CacheTable.of(rows);
      Tally tally = new Tally();
      Mover mover = store == null ? null : new Mover(store, namespace, table, texts, tally);
      Judging judging =
          new Judging(clock.instant().getEpochSecond(), maximum.seconds(), tally, mover, findings);
      table.forEach(stream, judging::read);
      judging.end();
      return tally.counts();
    }
  }
}
