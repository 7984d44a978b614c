package dev.taskcache.jdbc;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import javax.sql.DataSource;

/** Migrates when it is told to, and says how many migrations it ran, or what went wrong. */
final class MigrateMain {
  private MigrateMain() {}

  /** A URL, and a schema where it is to be another one than the URL's. */
  public static void main(String[] args) throws Exception {
    DataSource dataSource = TestDatabase.dataSource(args[0]);
    JdbcSchema schema = JdbcSchema.of(dataSource);
    JdbcSchema there = args.length > 1 ? schema.in(args[1]) : schema;
    dataSource.getConnection().close(); // loads the driver, so that all can start at once
    System.out.println("ready");
    new BufferedReader(new InputStreamReader(System.in)).readLine();
    try {
      System.out.println(there.migrate());
      there.validate();
    } catch (RuntimeException e) {
      System.out.println(e);
      e.printStackTrace();
    }
  }
}
