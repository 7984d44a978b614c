package dev.taskcache.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** {@code docs/jdbc.md}, in which tables are written by the tests that measured what they say. */
final class JdbcPage {
  private static final Path PAGE = Path.of("../docs/jdbc.md");
  private static final String END = "<!-- end -->\n";

  private JdbcPage() {}

  /** The rows of a table, without its head. */
  static List<String> rows(String table) {
    return between(written(table)).lines().skip(2).toList();
  }

  /** The head of a table: names of columns, and the line below them. */
  static List<String> head(String table) {
    return between(written(table)).lines().limit(2).toList();
  }

  /** Writes a table anew. */
  static void write(String table, List<String> head, List<String> rows) {
    String page = read();
    int begin = begin(page, written(table));
    String lines =
        head.stream().collect(Collectors.joining("\n", "", "\n"))
            + rows.stream().collect(Collectors.joining("\n", "", "\n"));
    try {
      Files.writeString(
          PAGE, page.substring(0, begin) + lines + page.substring(page.indexOf(END, begin)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A query of the page's, which a test runs. */
  static String query(String test) {
    return between("<!-- run by " + test + " -->\n").strip();
  }

  /** A row with these cells. */
  static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** The names of columns, and the line below them. */
  static List<String> head(List<String> columns) {
    return List.of(row(columns), "|" + "---|".repeat(columns.size()));
  }

  private static String written(String table) {
    return "<!-- written by " + table + " -->\n";
  }

  private static String between(String mark) {
    String page = read();
    int begin = begin(page, mark);
    return page.substring(begin, page.indexOf(END, begin));
  }

  private static int begin(String page, String mark) {
    int at = page.indexOf(mark);
    if (at < 0) {
      throw new IllegalStateException(PAGE + " has no " + mark);
    }
    return at + mark.length();
  }

  private static String read() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
