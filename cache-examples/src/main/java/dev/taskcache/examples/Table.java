package dev.taskcache.examples;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of texts, each column as wide as it has to be. Not thread-safe. */
final class Table {
  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  /**
   * A column.
   *
   * @param title its first line
   * @param right whether its texts stand at its right edge
   */
  record Column(String title, boolean right) {}

  /**
   * A text in the table.
   *
   * @param text it
   * @param colour what colours it; null if nothing does
   */
  record Cell(String text, @Nullable Verdict colour) {
    static Cell of(String text) {
      return new Cell(text, null);
    }

    String padded(int width, boolean right) {
      String padding = " ".repeat(width - text.length());
      String shown = colour == null ? text : colour.coloured(text);
      return right ? padding + shown : shown + padding;
    }
  }

  Table(Column... columns) {
    this.columns = List.of(columns);
    rows.add(this.columns.stream().map(column -> Cell.of(column.title())).toList());
  }

  void row(Cell... cells) {
    rows.add(List.of(cells));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<Cell> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns.size(); i++) {
        line.append("  ").append(row.get(i).padded(width(i), columns.get(i).right()));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).text().length()).max().orElse(0);
  }
}
