package dev.taskcache.jdbc.kfp;

/** Counts while an import runs. Not thread-safe. */
final class Tally {
  long rows;
  long keys;
  long duplicatedKeys;
  long duplicateRows;
  long blockedKeys;
  long older;
  long expired;
  long neverMatching;
  long moved;
  long wouldMove;
  long alreadyThere;
  long refused;
  long unreadable;

  void add(KfpImportKey key) {
    expired += key.expired().size();
    neverMatching += key.neverMatching().size();
    older += Math.max(0, key.valid().size() - 1);
    if (key.key() != null && CachedRow.isKey(key.key())) {
      keys++;
      duplicatedKeys += key.isDuplicated() ? 1 : 0;
      duplicateRows += key.rows() - 1;
      blockedKeys += key.blocksItself() ? 1 : 0;
    }
  }

  KfpImportCounts counts() {
    return new KfpImportCounts(
        rows,
        keys,
        duplicatedKeys,
        duplicateRows,
        blockedKeys,
        older,
        expired,
        neverMatching,
        moved,
        wouldMove,
        alreadyThere,
        refused,
        unreadable);
  }
}
