package dev.taskcache.jdbc;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a store's database found.
 *
 * @param database which database, with its version; null if it did not answer
 * @param schemaVersion the version of the schema that is there, for instance {@code 1.0}; null if
 *     there is none
 * @param access what the connection's role may do; null if there is no table
 * @param clockAhead how far the database's clock is before this machine's; negative if it is
 *     behind; exact to half the time of the question. Only the database's clock decides anything.
 * @param counts how many rows there are of each kind; null if there is no table
 * @param problems what is wrong, each with what to do; empty if nothing is
 */
public record StoreCheck(
    @Nullable String database,
    @Nullable String schemaVersion,
    @Nullable Access access,
    Duration clockAhead,
    @Nullable Counts counts,
    List<String> problems) {

  /** Copies the list. */
  public StoreCheck {
    problems = List.copyOf(problems);
  }

  /** What a role may do. */
  public enum Access {
    /** Find, claim, publish, invalidate and purge. */
    WRITER,
    /** Find and explain. */
    READER,
    /** Nothing. */
    NONE
  }

  /**
   * How many rows there are. A row is counted in more than one place if it is more than one thing.
   *
   * @param rows all
   * @param keys different keys, each in its namespace
   * @param duplicates rows beyond the first of their key; always 0 while the constraint is valid
   * @param entries rows with a result
   * @param expired rows with a result that is not served any more
   * @param leased rows with a lease that lives
   * @param dead rows with neither a result nor a lease that lives, which a purge forgets
   */
  public record Counts(
      long rows, long keys, long duplicates, long entries, long expired, long leased, long dead) {}

  /**
   * Whether the database answered.
   *
   * @return false if nothing else could be found out
   */
  public boolean reachable() {
    return database != null;
  }

  /**
   * Whether nothing is wrong.
   *
   * @return true if there are no problems
   */
  public boolean isHealthy() {
    return problems.isEmpty();
  }
}
