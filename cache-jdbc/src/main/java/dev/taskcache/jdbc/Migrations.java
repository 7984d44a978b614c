package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The files beside this class that make the schema, and their placeholders. */
final class Migrations {
  /** In the order they are run. Flyway finds them by itself; this list is for people. */
  static final List<String> FILES = List.of("V1.0__entries.sql");

  /** What this code was written for. */
  static final SchemaVersion NEWEST = SchemaVersion.ofFile(FILES.get(FILES.size() - 1));

  private Migrations() {}

  /** What the migrations call the tables. */
  static Map<String, String> placeholders(TableName table) {
    return Map.of("table", table.entry(), "versions", table.versions(), "prefix", table.prefix());
  }

  /** All the migrations of a database, for people to run. */
  static String text(Database database, TableName table) {
    return FILES.stream()
        .map(
            file ->
                "-- "
                    + file
                    + "\n\n"
                    + fill(read(database.folder() + "/" + file), placeholders(table)))
        .collect(joining("\n"));
  }

  /** A file beside this class. */
  static String read(String file) {
    try {
      return Resources.toString(Resources.getResource(Migrations.class, file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Does what Flyway does with placeholders. */
  static String fill(String text, Map<String, String> values) {
    String filled = text;
    for (Map.Entry<String, String> each : values.entrySet()) {
      filled = filled.replace("${" + each.getKey() + "}", each.getValue());
    }
    return filled;
  }
}
