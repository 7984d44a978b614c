package dev.taskcache.jdbc.kfp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code execution_caches} of one database, with its columns as they are spelled there.
 */
final class CacheTable {
  static final String NAME = "execution_caches";

  private final String rows;
  private final String outputs;

  private CacheTable(Columns columns) throws SQLException {
    String id = columns.named("ID");
    String key = columns.named("ExecutionCacheKey");
    String numbers = columns.named("MaxCacheStaleness") + ", " + columns.named("StartedAtInSec");
    String output = columns.named("ExecutionOutput");
    this.rows =
        "SELECT %s, %s, %s FROM %s ORDER BY %s, %s".formatted(id, key, numbers, NAME, key, id);
    this.outputs = "SELECT %s, %s FROM %s WHERE %s IN (".formatted(id, output, NAME, id);
  }

  /** The columns as they are spelled, by their names in lower case. */
  private record Columns(Map<String, String> spelled) {
    String named(String name) throws SQLException {
      String found = spelled.get(name.toLowerCase(Locale.ROOT));
      if (found == null) {
        throw new SQLException(
            NAME
                + " has no column "
                + name
                + ", only "
                + spelled.keySet().stream().sorted().toList()
                + "; give the database of Kubeflow's v1 cache server");
      }
      return found;
    }
  }

  /** Looks which columns there are; throws if one is missing. */
  static CacheTable of(Connection connection) throws SQLException {
    String quote = connection.getMetaData().getIdentifierQuoteString();
    Map<String, String> spelled = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + NAME + " WHERE 1 = 0")) {
      ResultSetMetaData columns = none.getMetaData();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnName(i);
        spelled.put(name.toLowerCase(Locale.ROOT), quote + name + quote);
      }
    }
    return new CacheTable(new Columns(spelled));
  }

  /** What is done with a row. */
  @FunctionalInterface
  interface Reader {
    void read(CachedRow row) throws SQLException;
  }

  /** Reads all rows, those of a key after each other, keeping no more than a page of them. */
  void forEach(RowStream stream, Reader reader) throws SQLException {
    try (PreparedStatement statement =
        stream
            .connection()
            .prepareStatement(rows, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(stream.fetchSize());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          reader.read(
              new CachedRow(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)));
        }
      }
    }
  }

  /** The outputs of some rows; of one that is gone there is none. */
  Map<Long, @Nullable String> outputs(Connection connection, List<Long> ids) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(ids.size(), "?"));
    try (PreparedStatement statement = connection.prepareStatement(outputs + marks + ")")) {
      for (int i = 0; i < ids.size(); i++) {
        statement.setLong(i + 1, ids.get(i));
      }
      Map<Long, @Nullable String> found = new LinkedHashMap<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.put(row.getLong(1), row.getString(2));
        }
      }
      return found;
    }
  }
}
