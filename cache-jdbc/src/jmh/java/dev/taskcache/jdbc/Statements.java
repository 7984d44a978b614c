package dev.taskcache.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts the statements that go through a data source: in auto-commit mode, its round trips. */
final class Statements {
  private final DataSource counted;
  private final AtomicInteger count = new AtomicInteger();

  Statements(DataSource counted) {
    this.counted = counted;
  }

  DataSource dataSource() {
    return proxy(DataSource.class, counted);
  }

  int count() {
    return count.get();
  }

  void forget() {
    count.set(0);
  }

  private Object call(Object on, Method method, Object[] arguments) throws Throwable {
    if (method.getName().startsWith("execute")) {
      count.incrementAndGet();
    }
    try {
      Object result = method.invoke(on, arguments);
      boolean leads =
          method.getReturnType().isInterface()
              && (result instanceof Connection || result instanceof Statement);
      return leads ? proxy(method.getReturnType(), result) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private <T> T proxy(Class<T> type, Object on) {
    return type.cast(
        Proxy.newProxyInstance(
            Statements.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call(on, method, arguments)));
  }
}
