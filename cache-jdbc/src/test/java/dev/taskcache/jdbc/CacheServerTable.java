package dev.taskcache.jdbc;

import dev.taskcache.jdbc.kfp.KfpImport;
import dev.taskcache.kfp.KfpStaleness;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** A table of Kubeflow's v1 cache server, with columns as its releases or as people name them. */
record CacheServerTable(String url, boolean lowerCase) {
  static final long NOW = 1_760_000_000L;

  private static final String[] NAMES = {
    "ID",
    "ExecutionCacheKey",
    "ExecutionTemplate",
    "ExecutionOutput",
    "MaxCacheStaleness",
    "StartedAtInSec",
    "EndedAtInSec"
  };

  private boolean isMariaDb() {
    return url.startsWith("jdbc:mariadb:");
  }

  private String name(int column) {
    String name = NAMES[column];
    if (isMariaDb()) {
      return lowerCase ? name.toLowerCase(Locale.ROOT) : name;
    }
    return lowerCase ? name : '"' + name + '"'; // PostgreSQL folds what is not quoted.
  }

  /** As the cache server makes it, on PostgreSQL with what is alike there. */
  CacheServerTable create() throws SQLException {
    String id = isMariaDb() ? " bigint NOT NULL AUTO_INCREMENT" : " bigint NOT NULL";
    String text = isMariaDb() ? " longtext" : " text";
    execute(
        "CREATE TABLE execution_caches ("
            + String.join(
                ", ",
                name(0) + id,
                name(1) + " varchar(255) NOT NULL",
                name(2) + text + " NOT NULL",
                name(3) + text,
                name(4) + " bigint NOT NULL",
                name(5) + " bigint NOT NULL",
                name(6) + " bigint NOT NULL",
                "PRIMARY KEY (" + name(0) + "))"),
        "CREATE INDEX idx_cache_key ON execution_caches (" + name(1) + ")",
        "CREATE INDEX composite_id_idx ON execution_caches (" + name(0) + ", " + name(5) + ")");
    return this;
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** A row that was written so many seconds before {@link #NOW}. */
  void row(long id, String key, long staleness, long age, String output) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement statement =
            connection.prepareStatement(
                "INSERT INTO execution_caches VALUES (?, ?, '{}', ?, ?, ?, 0)")) {
      statement.setLong(1, id);
      statement.setString(2, key);
      statement.setString(3, output);
      statement.setLong(4, staleness);
      statement.setLong(5, NOW - age);
      statement.execute();
    }
  }

  KfpImport reading(String namespace, KfpStaleness maximum) {
    return new KfpImport(
        () -> DriverManager.getConnection(url),
        namespace,
        maximum,
        Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC));
  }

  /**
   * Ten rows for each of so many keys, each with some two thousand characters: of ten keys seven
   * have rows that can be used, one has expired ones, one such of staleness 0, and one five expired
   * and then five that can be used. The last row is the newest, and outputs begin with the row's
   * number from 0 on.
   */
  void fill(int keys) throws SQLException {
    boolean mariadb = isMariaDb();
    String key = mariadb ? "mod(seq, %d)" : "(seq %% %d)";
    String staleness =
        ("CASE "
                + key
                + " %% 10 WHEN 7 THEN 60 WHEN 8 THEN 0"
                + " WHEN 9 THEN CASE WHEN seq < 5 * %d THEN 60 ELSE -1 END ELSE -1 END")
            .formatted(keys, keys);
    String hash =
        mariadb
            ? "sha2(mod(seq, %d), 256)".formatted(keys)
            : "encode(sha256((seq %% %d)::text::bytea), 'hex')".formatted(keys);
    String output = "'{\"workflows.argoproj.io/outputs\":\"', seq, repeat(' x', 1000), '\"}'";
    long last = 10L * keys - 1;
    execute(
        "INSERT INTO execution_caches SELECT seq + 1, "
            + hash
            + ", '{}', concat("
            + output
            + "), "
            + staleness
            + ", "
            + (NOW - 100_000_000)
            + " + seq, 0 FROM "
            + (mariadb ? "seq_0_to_" + last : "generate_series(0, " + last + ") AS all_of(seq)"));
  }
}
