package dev.taskcache.jdbc.kfp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the rows of one key of {@code execution_caches}; each row is in one of three
 * lists, by its ID.
 *
 * @param key 64 hexadecimal digits; or what else a row has, which no lookup asks for; null if it
 *     has none. Rows of such keys are told one by one.
 * @param valid rows that the cache server could use, in the order of their IDs
 * @param expired rows that are too old
 * @param neverMatching rows that no lookup finds: their staleness is 0, or their key is none
 * @param newest the newest valid row, which is the one that is moved; null if there is none
 */
public record KfpImportKey(
    @Nullable String key,
    List<Long> valid,
    List<Long> expired,
    List<Long> neverMatching,
    @Nullable Long newest) {

  /**
   * How many rows the key has.
   *
   * @return at least 1
   */
  public int rows() {
    return valid.size() + expired.size() + neverMatching.size();
  }

  /**
   * Whether there is more than one row.
   *
   * @return true if there is
   */
  public boolean isDuplicated() {
    return rows() > 1;
  }

  /**
   * Whether no row can be used, and yet keeps the cache server, from 2.14 on, from storing another
   * one under the key.
   *
   * @return true if nothing but deleting the rows helps; never for a key that is none
   */
  public boolean blocksItself() {
    return newest == null && key != null && CachedRow.isKey(key);
  }
}
