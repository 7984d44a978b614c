package dev.taskcache.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Writes down every statement that goes through it, and counts the connections that are out. */
final class CountingDataSource {
  private final DataSource counted;
  private final List<String> statements = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  CountingDataSource(DataSource counted) {
    this.counted = counted;
  }

  /** What is given to a store. */
  DataSource dataSource() {
    return proxy(DataSource.class, this::onDataSource);
  }

  /** In the order in which they were executed. */
  List<String> statements() {
    return List.copyOf(statements);
  }

  /** The states of those that failed. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  void forget() {
    statements.clear();
    mostOpen.set(open.get());
  }

  /** How many connections are out now. */
  int open() {
    return open.get();
  }

  /** How many were out at a time since {@link #forget}. */
  int mostOpen() {
    return mostOpen.get();
  }

  private Object onDataSource(Method method, Object[] arguments) throws Throwable {
    Object result = invoke(counted, method, arguments);
    if (result instanceof Connection connection) {
      int now = open.incrementAndGet();
      mostOpen.accumulateAndGet(now, Math::max);
      AtomicBoolean closed = new AtomicBoolean();
      return proxy(Connection.class, (m, a) -> onConnection(connection, closed, m, a));
    }
    return result;
  }

  private Object onConnection(
      Connection connection, AtomicBoolean closed, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().equals("close") && closed.compareAndSet(false, true)) {
      open.decrementAndGet();
    }
    Object result = invoke(connection, method, arguments);
    if (result instanceof PreparedStatement statement) {
      String sql = (String) arguments[0];
      return proxy(PreparedStatement.class, (m, a) -> onStatement(statement, sql, m, a));
    } else if (result instanceof Statement statement) {
      return proxy(Statement.class, (m, a) -> onStatement(statement, null, m, a));
    }
    return result;
  }

  private Object onStatement(Statement statement, String sql, Method method, Object[] arguments)
      throws Throwable {
    if (method.getName().startsWith("execute")) {
      statements.add(sql == null ? (String) arguments[0] : sql);
    }
    try {
      return invoke(statement, method, arguments);
    } catch (SQLException e) {
      failures.add(String.valueOf(e.getSQLState()));
      throw e;
    }
  }

  private static Object invoke(Object on, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(on, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private interface Handler {
    Object handle(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Handler handler) {
    Object proxy =
        Proxy.newProxyInstance(
            CountingDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> handler.handle(method, arguments));
    return type.cast(proxy);
  }

  /** What is done to each connection that a data source gives. */
  interface Change {
    void to(Connection connection) throws SQLException;
  }

  /** The same, with connections that are not in auto-commit mode. */
  static DataSource withoutAutoCommit(DataSource from) {
    return changing(from, connection -> connection.setAutoCommit(false));
  }

  static DataSource changing(DataSource from, Change change) {
    return proxy(
        DataSource.class,
        (method, arguments) -> {
          Object result = invoke(from, method, arguments);
          if (result instanceof Connection connection) {
            try {
              change.to(connection);
            } catch (SQLException e) {
              connection.close();
              throw e;
            }
          }
          return result;
        });
  }

  /** Gives the same connection each time, as data sources do that know of transactions. */
  static DataSource ofOne(Connection connection) {
    Connection unclosed =
        proxy(
            Connection.class,
            (method, arguments) ->
                method.getName().equals("close") ? null : invoke(connection, method, arguments));
    return proxy(DataSource.class, (method, arguments) -> unclosed);
  }
}
