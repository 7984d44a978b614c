package dev.taskcache.examples;

import dev.taskcache.jdbc.JdbcStore;
import dev.taskcache.jdbc.SchemaException;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;

/** Opens the store that a command line names. */
final class Stores {
  private Stores() {}

  /**
   * For whoever records results: a file with its tables is made if it is not there. A server's
   * tables are made by {@code taskcache migrate} only, since others use that database, too.
   */
  static CacheStore forRuns(StoreAddress address) {
    Path file = address.file();
    if (file != null) {
      try {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
      } catch (IOException e) {
        throw BadInputException.ofStore(address.toString(), "cannot be made: " + e);
      }
    }
    return checked(address);
  }

  /** For whoever only looks: a file that is not there yet is a store without entries. */
  static CacheStore forReading(StoreAddress address) {
    return isMissing(address) ? new InMemoryStore() : checked(address);
  }

  /** For whoever works on what is there. */
  static JdbcStore existing(StoreAddress address) {
    if (isMissing(address)) {
      throw BadInputException.ofStore(
          address.toString(), "is not there; `taskcache run` or `taskcache migrate` makes it");
    }
    return checked(address);
  }

  private static boolean isMissing(StoreAddress address) {
    return address.file() != null && !Files.exists(address.file());
  }

  private static JdbcStore checked(StoreAddress address) {
    JdbcStore store = open(address);
    try {
      if (address.file() != null) {
        store.schema().migrate();
      } else {
        store.schema().validate();
      }
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw refused(address, e);
    }
  }

  /** The store as it is. Waiters on PostgreSQL are told of results instead of asking for them. */
  static JdbcStore open(StoreAddress address) {
    return JdbcStore.builder(address.url())
        .listenExecutor(
            listener -> {
              Thread thread = new Thread(listener, "taskcache-listener");
              thread.setDaemon(true);
              thread.start();
            })
        .build();
  }

  /** What a store that cannot be used is told to whoever named it. */
  static BadInputException refused(StoreAddress address, RuntimeException failure) {
    String problem = "cannot be used: " + failure.getMessage();
    if (failure instanceof SchemaException && !(failure.getCause() instanceof SQLException)) {
      problem += "; `taskcache migrate --store ...` makes what is missing";
    }
    return BadInputException.ofStore(address.toString(), StoreAddress.withoutPassword(problem));
  }
}
