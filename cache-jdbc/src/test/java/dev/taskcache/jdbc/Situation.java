package dev.taskcache.jdbc;

/** A row of the table in {@code docs/jdbc.md}. */
enum Situation {
  POOL_EXHAUSTED(
      "the pool has no connection to give",
      "after the pool's own wait; with an executor at the deadline",
      Faults.PoolExhausted::new),
  REFUSED(
      "the connection is refused",
      "at the deadline: it tries again until then",
      Faults.Refused::new),
  SERVER_GONE(
      "the server is killed while a claim is on its way, and stays down",
      "at the deadline: it tries again until then",
      Faults.ServerGone::new),
  SILENT(
      "the server falls silent: nothing comes from it, and nothing ends",
      "at the deadline",
      Faults.Silent::new),
  GONE_MEANWHILE(
      "the connections break while the task runs, and new ones are not answered",
      "at the deadline: it tries again until then",
      Faults.GoneMeanwhile::new),
  TABLE_DROPPED(
      "the table was dropped", "at once", () -> new Fault.Statements("DROP TABLE taskcache_entry")),
  CONSTRAINT_MISSING(
      "the constraint `taskcache_entry_key` is missing",
      "at once",
      () ->
          new Fault.Statements("ALTER TABLE taskcache_entry DROP CONSTRAINT taskcache_entry_key")),
  READERS_ROLE("the role may only `SELECT`", "at once", Faults.ReadersRole::new),
  DISK_FULL("the disk is full (SQLite)", "at once", Faults.DiskFull::new),
  CLOCK_AHEAD("the host's clock is an hour ahead", "as always", Faults.ClockAhead::new),
  SERIALIZABLE(
      "the host's isolation is `SERIALIZABLE`",
      "as always; what the database refuses is repeated until the deadline",
      Faults.Serializable::new),
  PGBOUNCER(
      "PgBouncer is in between, in transaction mode",
      "as always; who waits polls",
      Faults.BehindPgBouncer::new);

  final String what;
  final String ends;
  private final Opening opening;

  Situation(String what, String ends, Opening opening) {
    this.what = what;
    this.ends = ends;
    this.opening = opening;
  }

  private interface Opening {
    Fault open() throws Exception;
  }

  Fault open() throws Exception {
    return opening.open();
  }
}
