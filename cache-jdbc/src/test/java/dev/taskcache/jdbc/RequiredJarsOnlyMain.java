package dev.taskcache.jdbc;

import javax.sql.DataSource;

/** What {@link RequiredJarsOnlyTest} runs in a JVM of its own. */
final class RequiredJarsOnlyMain {
  static final String EXPECTED = "1 migration, then 0";

  private RequiredJarsOnlyMain() {}

  /** The class of a driver's data source, the name of its setter, and a URL. */
  public static void main(String[] args) throws Exception {
    DataSource dataSource =
        (DataSource) Class.forName(args[0]).getDeclaredConstructor().newInstance();
    dataSource.getClass().getMethod(args[1], String.class).invoke(dataSource, args[2]);
    JdbcSchema schema = JdbcSchema.of(dataSource);
    int first = schema.migrate();
    schema.validate();
    System.out.println(first + " migration, then " + schema.migrate());
  }
}
