package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The files beside this class that make the schema, and their placeholders.
 *
 * @param files in the order they are run, each with {@code %s} for the database's folder. Flyway
 *     finds them by itself, in their folders; this list says which version is the newest, and what
 *     people run.
 */
record Migrations(List<String> files) {
  /** This version's. */
  static final Migrations OURS =
      new Migrations(
          List.of("%s/V1.0__entries.sql", "%s/V1.1__index.sql", "%s/V1.2__signatures.sql"));

  private static final String PACKAGE = "classpath:dev/taskcache/jdbc/";

  /** What they make, and what the code needs. */
  SchemaVersion newest() {
    return SchemaVersion.ofFile(name(files.get(files.size() - 1)));
  }

  /** Where Flyway looks. */
  String[] locations(Database database) {
    return files.stream()
        .map(file -> PACKAGE + file.formatted(database.folder()))
        .map(file -> file.substring(0, file.lastIndexOf('/')))
        .distinct()
        .toArray(String[]::new);
  }

  /** All of them for one database, for people to run. */
  String text(Database database, TableName table) {
    return files.stream()
        .map(file -> "-- " + name(file) + "\n\n" + read(file.formatted(database.folder())))
        .map(text -> fill(text, placeholders(table)))
        .collect(joining("\n"));
  }

  /** What they call the tables. */
  static Map<String, String> placeholders(TableName table) {
    return Map.of(
        "table", table.entry(),
        "versions", table.versions(),
        "prefix", table.prefix(),
        "qualified", table.qualifiedPrefix());
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

  private static String name(String file) {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
