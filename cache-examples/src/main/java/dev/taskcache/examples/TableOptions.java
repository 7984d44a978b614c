package dev.taskcache.examples;

import dev.taskcache.jdbc.JdbcSchema;
import dev.taskcache.jdbc.JdbcStoreBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the tables of a store are called. */
final class TableOptions {
  @Option(
      names = "--schema",
      paramLabel = "NAME",
      description =
          "The schema of PostgreSQL that the tables are in; default: the first of the connection's"
              + " search path.")
  private @Nullable String schema;

  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description = "How the names of the tables begin; default: taskcache_.")
  private @Nullable String prefix;

  @Nullable String schema() {
    return schema;
  }

  /** The schema on paper with these names. */
  JdbcSchema named(JdbcSchema plain) {
    JdbcSchema named = schema == null ? plain : plain.in(schema);
    return prefix == null ? named : named.prefix(prefix);
  }

  /** The store with these names. */
  JdbcStoreBuilder named(JdbcStoreBuilder plain) {
    JdbcStoreBuilder named = schema == null ? plain : plain.schema(schema);
    return prefix == null ? named : named.prefix(prefix);
  }
}
