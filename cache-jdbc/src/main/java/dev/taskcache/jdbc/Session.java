package dev.taskcache.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One connection, for one statement after the other, each of which is committed by itself. */
abstract class Session {

  /** Fills in a statement's parameters. */
  @FunctionalInterface
  interface Binder {
    void bind(Parameters parameters) throws SQLException;
  }

  /** Reads the row that a result is at. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  abstract PreparedStatement prepare(String sql) throws SQLException;

  /** Gives a statement back whose results were read. */
  abstract void done(PreparedStatement statement) throws SQLException;

  /** All rows. Nothing is committed before the result is closed, which it is when this returns. */
  <T> List<T> list(String sql, Binder binder, Mapper<T> mapper) throws SQLException {
    PreparedStatement statement = prepare(sql);
    try {
      binder.bind(new Parameters(statement));
      List<T> rows = new ArrayList<>();
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(mapper.map(result));
        }
      }
      return rows;
    } finally {
      done(statement);
    }
  }

  /** The only row, if there is one. */
  <T> Optional<T> one(String sql, Binder binder, Mapper<T> mapper) throws SQLException {
    List<T> rows = list(sql, binder, mapper);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  /** How many rows it changed. */
  int update(String sql, Binder binder) throws SQLException {
    PreparedStatement statement = prepare(sql);
    try {
      binder.bind(new Parameters(statement));
      return statement.executeUpdate();
    } finally {
      done(statement);
    }
  }

  /** The same statement for many, in as few round trips as the driver needs. */
  void updateAll(String sql, List<Binder> binders) throws SQLException {
    PreparedStatement statement = prepare(sql);
    try {
      for (Binder binder : binders) {
        binder.bind(new Parameters(statement));
        statement.addBatch();
      }
      statement.executeBatch();
    } finally {
      done(statement);
    }
  }
}
