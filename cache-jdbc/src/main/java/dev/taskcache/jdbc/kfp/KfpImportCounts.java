package dev.taskcache.jdbc.kfp;

/**
 * What an import read, and what became of it. Each row is counted once in {@link #moved}, {@link
 * #wouldMove}, {@link #alreadyThere}, {@link #refused}, {@link #unreadable}, {@link #older}, {@link
 * #expired} or {@link #neverMatching}; together they are {@link #rows}.
 *
 * @param rows rows that were read
 * @param keys different keys among them, those apart that no lookup asks for
 * @param duplicatedKeys keys with more than one row
 * @param duplicateRows rows beyond the first one of their key
 * @param blockedKeys keys whose rows cannot be used and keep the cache server from storing another
 * @param older valid rows of keys that have a newer one
 * @param expired rows that are too old
 * @param neverMatching rows that no lookup finds
 * @param moved rows that are now in the store
 * @param wouldMove rows that a dry run would have tried to move
 * @param alreadyThere rows whose key has a result in the store, which stays
 * @param refused rows that the store did not take: their task runs just now, or somebody
 *     invalidated results of the namespace after they were written
 * @param unreadable rows whose output is not what the cache server writes
 */
public record KfpImportCounts(
    long rows,
    long keys,
    long duplicatedKeys,
    long duplicateRows,
    long blockedKeys,
    long older,
    long expired,
    long neverMatching,
    long moved,
    long wouldMove,
    long alreadyThere,
    long refused,
    long unreadable) {

  /**
   * Whether each row was counted once.
   *
   * @return true, unless this code has a defect
   */
  public boolean addUp() {
    return rows
        == older
            + expired
            + neverMatching
            + moved
            + wouldMove
            + alreadyThere
            + refused
            + unreadable;
  }
}
