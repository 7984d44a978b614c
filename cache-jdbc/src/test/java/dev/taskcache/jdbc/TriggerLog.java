package dev.taskcache.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to each row of a store, as the database's own triggers wrote it down, in the order
 * in which it happened; and what of it must never happen. It knows nothing of the store's code.
 */
final class TriggerLog {
  private static final String TABLE =
      """
      CREATE TABLE change_log (
        id %s PRIMARY KEY,
        op text, key %s, namespace text,
        old_fence bigint, fence bigint, old_entry bigint, entry bigint,
        old_owner text, owner text, old_until bigint, until bigint, run text, at bigint)
      """;

  private static final String COLUMNS =
      "op, key, namespace, old_fence, fence, old_entry, entry, old_owner, owner, old_until,"
          + " until, run, at";

  private static final String INSERTED =
      "'INSERT', NEW.key, NEW.namespace, NULL, NEW.fence, NULL, NEW.entry_fence, NULL, NEW.owner,"
          + " NULL, NEW.lease_until, NEW.run, ${now}";
  private static final String UPDATED =
      "'UPDATE', NEW.key, NEW.namespace, OLD.fence, NEW.fence, OLD.entry_fence, NEW.entry_fence,"
          + " OLD.owner, NEW.owner, OLD.lease_until, NEW.lease_until, NEW.run, ${now}";
  private static final String DELETED =
      "'DELETE', OLD.key, OLD.namespace, OLD.fence, OLD.fence, OLD.entry_fence, NULL, OLD.owner,"
          + " NULL, OLD.lease_until, NULL, NULL, ${now}";

  private static final String STEPS =
      """
      WITH steps AS (
        SELECT change_log.*,
          lag(fence) OVER w AS before,
          max(entry) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newest,
          entry IS NOT NULL AND entry IS DISTINCT FROM old_entry AS published
        FROM change_log WINDOW w AS (PARTITION BY key, namespace ORDER BY id))
      """;
  private static final String SHOWN =
      """
      SELECT id || ' ' || op || ' fence ' || coalesce(cast(before AS text), '-') || ' -> ' || fence
        || ' entry ' || coalesce(cast(entry AS text), '-') || ' run ' || coalesce(run, '-')
        FROM steps WHERE
      """;

  private static final Map<String, String> NEVER = new LinkedHashMap<>();

  static {
    NEVER.put(
        "a change that is not in the log", "op <> 'INSERT' AND old_fence IS DISTINCT FROM before");
    NEVER.put("a fence that went back", "fence < before");
    NEVER.put("a fence that was given twice", "op = 'INSERT' AND fence <= before");
    NEVER.put("an older result over a newer one", "published AND entry <= newest");
    NEVER.put("a result under another fence than its row's", "published AND entry <> fence");
    NEVER.put(
        "a result that nobody's lease covers, while a lease lives",
        "published AND fence <> old_fence AND old_owner IS NOT NULL AND old_until > at");
    NEVER.put(
        "a result under the fence of a lease that nobody held",
        "published AND fence = old_fence AND old_owner IS NULL");
    NEVER.put("a lease taken from an owner who was alive", "owner <> old_owner AND old_until > at");
    NEVER.put("a new owner under an old fence", "owner <> old_owner AND fence <= old_fence");
  }

  private final TestDatabase database;

  /** Of a database that has one already. */
  TriggerLog(TestDatabase database) {
    this.database = database;
  }

  /** Begins to write down what happens to a store's table, which is there. */
  static TriggerLog on(TestDatabase database) throws SQLException {
    Dialect dialect =
        new Dialect(database.database(), new TableName(null, TableName.DEFAULT_PREFIX));
    boolean sqlite = database.database() == Database.SQLITE;
    String id = sqlite ? "integer" : "bigserial";
    database.execute(TABLE.formatted(id, sqlite ? "blob" : "bytea"));
    for (String each : sqlite ? sqlite() : postgresql()) {
      database.execute(dialect.text(each));
    }
    return new TriggerLog(database);
  }

  private static List<String> sqlite() {
    List<String> triggers = new ArrayList<>();
    Map.of("INSERT", INSERTED, "UPDATE", UPDATED, "DELETE", DELETED)
        .forEach(
            (event, values) ->
                triggers.add(
                    ("CREATE TRIGGER log_%s AFTER %s ON taskcache_entry BEGIN"
                            + " INSERT INTO change_log (%s) SELECT %s; END")
                        .formatted(event, event, COLUMNS, values)));
    return triggers;
  }

  private static List<String> postgresql() {
    String function =
        """
        CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF TG_OP = 'INSERT' THEN INSERT INTO change_log (%s) SELECT %s;
          ELSIF TG_OP = 'UPDATE' THEN INSERT INTO change_log (%s) SELECT %s;
          ELSE INSERT INTO change_log (%s) SELECT %s;
          END IF;
          RETURN NULL;
        END $$
        """;
    return List.of(
        function.formatted(COLUMNS, INSERTED, COLUMNS, UPDATED, COLUMNS, DELETED),
        "CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON taskcache_entry"
            + " FOR EACH ROW EXECUTE FUNCTION log_change()");
  }

  /** What happened that never must, with what is wrong about it; empty if all is well. */
  List<String> violations() throws SQLException {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String> each : NEVER.entrySet()) {
      for (String row : database.query(STEPS + SHOWN + each.getValue() + " ORDER BY id LIMIT 5")) {
        found.add(each.getKey() + ": " + row);
      }
    }
    return found;
  }

  /** Key and fence of each published result that fits a condition. */
  List<String> published(String condition) throws SQLException {
    boolean sqlite = database.database() == Database.SQLITE;
    String hex = sqlite ? "lower(hex(substr(key, 4)))" : "encode(substr(key, 4), 'hex')";
    return database.query(
        STEPS
            + "SELECT 'k1:' || "
            + hex
            + " || ' ' || entry FROM steps WHERE published AND ("
            + condition
            + ")");
  }

  /** How many changes fit a condition on the log's columns. */
  long count(String condition) throws SQLException {
    String sql = "SELECT count(*) FROM change_log WHERE " + condition;
    return Long.parseLong(database.query(sql).get(0));
  }
}
