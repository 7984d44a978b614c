package dev.taskcache.jdbc;

import dev.taskcache.store.EntrySelector;
import java.nio.charset.StandardCharsets;

/**
 * The statements of a store, for one database and table.
 *
 * <p>The time is that of each statement's own clock: a transaction's, or one that was read before a
 * lock was waited for, may be seconds old.
 */
final class StoreSql extends Dialect {
  private static final String NO_LEASE = "(t.owner IS NULL OR t.lease_until <= ${now})";
  private static final String EXPIRED = "t.expires_at <= ${now}";
  private static final String AT_ID = " WHERE key = ? AND namespace = ?";
  private static final String HELD = AT_ID + " AND owner = ? AND fence = ?";

  /**
   * In place of a key, in a row that says when a namespace's entries were last declared invalid.
   */
  static final byte[] MARKER = "invalidated".getBytes(StandardCharsets.US_ASCII);

  /** Before the keys of rows that say that a component is not reused; they go on with a digest. */
  static final byte[] FIRST_STOP = "stopped/".getBytes(StandardCharsets.US_ASCII);

  /** After them: the next character. */
  static final byte[] AFTER_STOPS = "stopped0".getBytes(StandardCharsets.US_ASCII);

  private static final String NEVER_COMES = "9000000000000000000";
  private static final String STOP = "component, invalidated_by, invalidated_at";

  /** After all keys. */
  static final byte[] LAST_KEY = {-1};

  /** What is known of the payloads that these find. */
  final KnownOutputs outputs = new KnownOutputs();

  final String find = text("SELECT " + EntryRow.HEADER + ", payload FROM ${table}" + AT_ID);
  final String findAll =
      text("SELECT " + EntryRow.HEADER + " FROM ${table} WHERE namespace = ? AND key ${any}");
  final String summary =
      text(
          "SELECT " + EntryRow.SUMMARY + " FROM ${table}" + AT_ID + " AND entry_fence IS NOT NULL");
  final String earlier =
      text(
          "SELECT "
              + EntryRow.SUMMARY
              + " FROM ${table} WHERE namespace = ? AND component = ? AND entry_fence IS NOT NULL"
              + " ORDER BY fence DESC LIMIT ?");

  // A lease that the same owner claims again keeps its fence: the reply may have been lost.
  final String claim =
      text(
          "INSERT INTO ${table} AS t"
              + " (key, namespace, fence, owner, lease_until, component, lease_run)"
              + " VALUES (?, ?, ${now}, ?, ${now} + ?, ?, ?)"
              + " ON CONFLICT (key, namespace) DO UPDATE SET"
              + " fence = CASE WHEN t.owner = excluded.owner THEN t.fence ELSE ${next} END,"
              + " owner = excluded.owner, lease_until = ${now} + ?,"
              + " component = CASE WHEN t.entry_fence IS NULL THEN excluded.component"
              + " ELSE t.component END,"
              + " lease_run = excluded.lease_run, awaited = false"
              + " WHERE (t.owner = excluded.owner OR "
              + NO_LEASE
              + ") AND (t.entry_fence IS NULL OR t.entry_fence = ? OR "
              + EXPIRED
              + ") RETURNING fence, EXISTS"
              + " (SELECT 1 FROM ${table} AS m WHERE m.key = ? AND m.namespace = ?)");
  final String renew = text("UPDATE ${table} SET lease_until = ${now} + ?" + HELD);

  /** The time that a signed entry is given, see {@link Stamp}. */
  final String now = text("SELECT ${now}");

  final String publish =
      text(
          "UPDATE ${table} SET entry_fence = fence,"
              + " created_at = coalesce(?, ${now}), expires_at = coalesce(?, ${now}) + ?,"
              + " last_used = NULL, uses = ${unused}, ("
              + EntryRow.WRITTEN
              + ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?),"
              + " owner = NULL, lease_until = NULL, lease_run = NULL,"
              + " invalidated_at = NULL, invalidated_by = NULL"
              + HELD
              + " RETURNING created_at, expires_at, awaited, fence");
  // The row of MARKER says when something in the namespace was last declared invalid. It is there,
  // and shared, so that an invalidation either is seen or waits, and then sees what is stored here.
  final String marker =
      text(
          "INSERT INTO ${table} (key, namespace, fence) VALUES (?, ?, ${now})"
              + " ON CONFLICT (key, namespace) DO NOTHING");
  final String publishUnleased =
      text(
          "WITH m (last) AS (SELECT invalidated_at FROM ${table}"
              + " WHERE key = ? AND namespace = ?${share})"
              + " INSERT INTO ${table} AS t (key, namespace, fence, entry_fence, created_at,"
              + " expires_at, "
              + EntryRow.WRITTEN
              + ") SELECT ?, ?, c.now, c.now, coalesce(?, c.now), coalesce(?, c.now) + ?,"
              + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
              + " FROM (SELECT ${now} AS now) AS c WHERE NOT EXISTS (SELECT 1 FROM m"
              + " WHERE m.last > c.now - ?)"
              + " AND NOT EXISTS (SELECT 1 FROM ${table} AS s WHERE s.key = ? AND s.namespace = ?)"
              + " ON CONFLICT (key, namespace) DO UPDATE SET "
              + " fence = ${greatest}(t.fence + 1, excluded.fence),"
              + " entry_fence = ${greatest}(t.fence + 1, excluded.fence),"
              + " last_used = NULL, uses = ${unused}, created_at ="
              + " CASE WHEN excluded.signature IS NULL THEN ${now} ELSE excluded.created_at END,"
              + " expires_at = CASE WHEN excluded.signature IS NULL"
              + " THEN ${now} + (excluded.expires_at - excluded.created_at)"
              + " ELSE excluded.expires_at END, ("
              + EntryRow.WRITTEN
              + ") = (excluded.duration, excluded.output_bytes, excluded.output_digest,"
              + " excluded.component, excluded.pipeline, excluded.run, excluded.task,"
              + " excluded.parts, excluded.payload, excluded.signature),"
              + " owner = NULL, lease_until = NULL, lease_run = NULL,"
              + " invalidated_at = NULL, invalidated_by = NULL WHERE "
              + NO_LEASE
              + " AND (t.entry_fence IS NULL OR "
              + EXPIRED
              + ") RETURNING created_at, expires_at, awaited, entry_fence");
  final String abandon =
      text(
          "UPDATE ${table} SET owner = NULL, lease_run = NULL, lease_until = ${now}"
              + HELD
              + " RETURNING awaited, key");
  final String abandonAll =
      text(
          "WITH held (k, n) AS (SELECT t.key, t.namespace FROM ${table} AS t"
              + " WHERE t.namespace = ? AND t.lease_run = ? AND t.owner IS NOT NULL${lock})"
              + " UPDATE ${table} AS t SET owner = NULL, lease_run = NULL, lease_until = ${now}"
              + " FROM held WHERE t.key = k AND t.namespace = n RETURNING awaited, key");
  final String await =
      text(
          "UPDATE ${table} SET awaited = true"
              + AT_ID
              + " AND fence = ? AND owner IS NOT NULL AND lease_until > ${now}"
              + " RETURNING owner, lease_until, ${now}");
  final String used =
      text(
          "UPDATE ${table} SET last_used = ${now}, uses = coalesce(uses, 0) + ?"
              + AT_ID
              + " AND entry_fence IS NOT NULL");

  final String mark =
      text(
          "INSERT INTO ${table} AS t (key, namespace, fence, invalidated_at, invalidated_by)"
              + " VALUES (?, ?, ${now}, ${now}, ?) ON CONFLICT (key, namespace) DO UPDATE SET"
              + " invalidated_at = ${now}, invalidated_by = excluded.invalidated_by"
              + " RETURNING invalidated_at");

  final String stop =
      text(
          "INSERT INTO ${table} AS t (key, namespace, fence, lease_until, component,"
              + " invalidated_at, invalidated_by) VALUES (?, ?, ${now}, "
              + NEVER_COMES
              + ", ?, ${now}, ?) ON CONFLICT (key, namespace) DO UPDATE SET"
              + " invalidated_at = ${now}, invalidated_by = excluded.invalidated_by");
  final String clearStop = text("DELETE FROM ${table}" + AT_ID);
  final String stopped = text("SELECT " + STOP + " FROM ${table}" + AT_ID);
  final String allStopped =
      text(
          "SELECT "
              + STOP
              + " FROM ${table} WHERE key >= ? AND key < ? AND namespace = ? ORDER BY component");

  private static final String HOUR = "3600000000";
  final String count =
      text(
          "INSERT INTO ${stats} AS t (bucket, namespace, component, counter, value) VALUES (${now} / "
              + HOUR
              + " * "
              + HOUR
              + ", ?, ?, ?, ?) ON CONFLICT (bucket, namespace, component, counter)"
              + " DO UPDATE SET value = t.value + excluded.value");
  final String counted =
      text(
          "SELECT namespace, component, counter, CAST(sum(value) AS bigint) FROM ${stats}"
              + " WHERE bucket > ${now} - ? - "
              + HOUR
              + " GROUP BY namespace, component, counter ORDER BY namespace, component, counter");
  final String forgetCounts = text("DELETE FROM ${stats} WHERE bucket <= ${now} - ?");

  /** The last key of a batch; no row where the batch is the last one. */
  final String batchEnd =
      text("SELECT key FROM ${table} WHERE key > ? ORDER BY key LIMIT 1 OFFSET " + (CHUNK - 1));

  private final String dead =
      " FROM ${table} AS t WHERE t.key > ? AND t.key <= ?"
          + " AND t.key <> ? AND coalesce(t.lease_until, 0) <= ${now} - ?"
          + " AND coalesce(t.invalidated_at, 0) <= ${now} - ?"
          + " AND (t.entry_fence IS NULL OR t.expires_at <= ${now} - ?"
          + " OR coalesce(t.last_used, t.created_at) <= ${now} - ?)";
  final String purge =
      text(
          "DELETE FROM ${table} WHERE (key, namespace) IN (SELECT t.key, t.namespace"
              + dead
              + "${skip}) RETURNING entry_fence IS NOT NULL");

  StoreSql(Database database, TableName table) {
    super(database, table);
  }

  /**
   * Declares a batch's entries and leases invalid. Each half of a row by itself: one run may have
   * produced the entry, and another be running the task. Whether an entry was computed before is
   * told by its fence, which is from when its task was claimed: a task that was running then may
   * have been published since.
   */
  String invalidate(EntrySelector selector) {
    String entry = "(t.entry_fence <= ? AND %s) IS TRUE";
    String lease = "(t.owner IS NOT NULL AND %s) IS TRUE";
    String hit =
        text(
            "WITH hit (k, n, e, l) AS (SELECT t.key, t.namespace, ${e}, ${l} FROM ${table} AS t"
                + " WHERE t.namespace = ? AND t.key > ? AND t.key <= ? AND (${e} OR ${l})${lock})"
                + " UPDATE ${table} AS t SET"
                + " fence = CASE WHEN l THEN ${next} ELSE t.fence END,"
                + " owner = CASE WHEN l THEN NULL ELSE t.owner END,"
                + " lease_run = CASE WHEN l THEN NULL ELSE t.lease_run END,"
                + " lease_until = CASE WHEN l THEN ${now} ELSE t.lease_until END,"
                + " entry_fence = CASE WHEN e THEN NULL ELSE t.entry_fence END,"
                + " created_at = CASE WHEN e THEN NULL ELSE t.created_at END,"
                + " expires_at = CASE WHEN e THEN NULL ELSE t.expires_at END,"
                + " parts = CASE WHEN e THEN NULL ELSE t.parts END,"
                + " payload = CASE WHEN e THEN NULL ELSE t.payload END,"
                + " signature = CASE WHEN e THEN NULL ELSE t.signature END,"
                + " invalidated_at = ${now}, invalidated_by = ?"
                + " FROM hit WHERE t.key = k AND t.namespace = n RETURNING awaited, key");
    return hit.replace("${e}", entry.formatted(entryMatches(selector)))
        .replace("${l}", lease.formatted(leaseMatches(selector)));
  }

  private static String entryMatches(EntrySelector selector) {
    if (selector instanceof EntrySelector.Key) {
      return "t.key = ?";
    } else if (selector instanceof EntrySelector.Component) {
      return "t.component = ?";
    } else if (selector instanceof EntrySelector.Run) {
      return "t.run = ?";
    } else if (selector instanceof EntrySelector.CreatedBefore) {
      return "t.created_at < ?";
    }
    return "coalesce(t.last_used, t.created_at) < ?";
  }

  private static String leaseMatches(EntrySelector selector) {
    if (selector instanceof EntrySelector.Run) {
      return "t.lease_run = ?";
    } else if (selector instanceof EntrySelector.CreatedBefore) {
      return "t.fence < ?"; // A fence is the time of the claim, or later.
    } else if (selector instanceof EntrySelector.UnusedSince) {
      return "t.fence < 0 * ?"; // None: a task that is running is in use.
    }
    return entryMatches(selector);
  }
}
