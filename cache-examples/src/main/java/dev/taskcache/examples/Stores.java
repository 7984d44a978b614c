package dev.taskcache.examples;

import dev.taskcache.jdbc.JdbcStore;
import dev.taskcache.jdbc.SchemaException;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;

/**
 * Opens the store that a command line names. What is wrong with it is a {@link BadInputException},
 * without its password.
 */
final class Stores {
  private static final EntryId NOBODY =
      new EntryId("nobody", CacheKey.parse("k1:" + "0".repeat(64)));

  private final StoreAddress address;
  private final TableOptions tables;

  Stores(StoreAddress address, TableOptions tables) {
    this.address = address;
    this.tables = tables;
  }

  /**
   * For whoever records results: a file with its tables is made if it is not there. A server's
   * tables are made by {@code taskcache migrate} only, since others use that database, too.
   */
  CacheStore forRuns() {
    makeFolder();
    return checked();
  }

  /** For whoever only looks: a file that is not there yet is a store without entries. */
  CacheStore forReading() {
    return isMissing() ? new InMemoryStore() : checked();
  }

  /** Works on the store that is there, with its tables. */
  <T> T onExisting(Function<JdbcStore, T> work) {
    refuseMissing();
    try (JdbcStore store = checked()) {
      return guarded(store, work);
    }
  }

  /** Works on the store whether or not it has tables. */
  <T> T onAny(Function<JdbcStore, T> work) {
    try (JdbcStore store = open()) {
      return guarded(store, work);
    }
  }

  /** Makes the folder of a file, if the store is one. */
  void makeFolder() {
    Path file = address.file();
    if (file != null) {
      try {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
      } catch (IOException e) {
        throw BadInputException.ofStore(address.toString(), "cannot be made: " + e);
      }
    }
  }

  /** Refuses a file that is not there, instead of making an empty one. */
  void refuseMissing() {
    if (isMissing()) {
      throw BadInputException.ofStore(
          address.toString(), "is not there; `taskcache run` or `taskcache migrate` makes it");
    }
  }

  private boolean isMissing() {
    return address.file() != null && !Files.exists(address.file());
  }

  private JdbcStore checked() {
    JdbcStore store = open();
    try {
      return guarded(
          store,
          opened -> {
            if (address.file() != null) {
              opened.schema().migrate();
              // Opens the file as the store does, which refuses for instance one on a network.
              opened.summary(NOBODY);
            } else {
              opened.schema().validate();
            }
            return opened;
          });
    } catch (BadInputException e) {
      store.close();
      throw e;
    }
  }

  /** Waiters on PostgreSQL are told of results instead of asking for them. */
  private JdbcStore open() {
    try {
      return tables
          .named(JdbcStore.builder(address.url()))
          .listenExecutor(
              listener -> {
                Thread thread = new Thread(listener, "taskcache-listener");
                thread.setDaemon(true);
                thread.start();
              })
          .build();
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private <T> T guarded(JdbcStore store, Function<JdbcStore, T> work) {
    try {
      return work.apply(store);
    } catch (SchemaException | StoreException | IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private BadInputException refused(RuntimeException failure) {
    String problem = "cannot be used: " + failure.getMessage();
    if (failure instanceof SchemaException && !(failure.getCause() instanceof SQLException)) {
      problem += "; `taskcache migrate --store ...` makes what is missing";
    }
    return BadInputException.ofStore(address.toString(), StoreAddress.withoutPassword(problem));
  }
}
