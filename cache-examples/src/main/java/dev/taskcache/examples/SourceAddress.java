package dev.taskcache.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Another system's database.
 *
 * @param url its JDBC URL, which may have a password in it
 */
record SourceAddress(String url) {
  /**
   * Reads what {@code --from} gives.
   *
   * @throws BadInputException if it is no JDBC URL, or there is no driver for it
   */
  static SourceAddress parse(String text) {
    String shown = StoreAddress.withoutPassword(text);
    if (!text.startsWith("jdbc:")) {
      throw BadInputException.ofOption(
          "--from",
          shown + " is no JDBC URL; write jdbc:postgresql://HOST/DATABASE?user=NAME&password=...");
    }
    try {
      DriverManager.getDriver(text);
    } catch (SQLException e) {
      throw BadInputException.ofOption(
          "--from",
          shown
              + " has no driver here; PostgreSQL's is in this jar, and others, as MariaDB's or MySQL's,"
              + " are put beside it: java -cp taskcache.jar:DRIVER.jar "
              + Main.class.getName()
              + " import kfp ...");
    }
    return new SourceAddress(text);
  }

  Connection open() throws SQLException {
    return DriverManager.getConnection(url);
  }
}
