package dev.taskcache.jdbc.kfp;

import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a key together and judges them, as they come. Not thread-safe. */
final class Judging {
  private final long now;
  private final long maximum;
  private final Tally tally;
  private final @Nullable Mover mover;
  private final Consumer<KfpImportKey> findings;
  private @Nullable KeyRows current;

  Judging(
      long now, long maximum, Tally tally, @Nullable Mover mover, Consumer<KfpImportKey> findings) {
    this.now = now;
    this.maximum = maximum;
    this.tally = tally;
    this.mover = mover;
    this.findings = findings;
  }

  void read(CachedRow row) throws SQLException {
    tally.rows++;
    RowState state = row.state(now, maximum);
    if (!row.hasKey()) {
      // By itself: where case does not count, it may stand between the rows of another key.
      KeyRows alone = new KeyRows(row.key());
      alone.add(row, state);
      finish(alone);
      return;
    }
    if (current == null || !current.isOf(row)) {
      finishCurrent();
      current = new KeyRows(row.key());
    }
    current.add(row, state);
  }

  void end() throws SQLException {
    finishCurrent();
    if (mover != null) {
      mover.flush();
    }
  }

  private void finishCurrent() throws SQLException {
    if (current != null) {
      finish(current);
      current = null;
    }
  }

  private void finish(KeyRows rows) throws SQLException {
    KfpImportKey judged = rows.judged();
    tally.add(judged);
    if (judged.isDuplicated() || judged.valid().isEmpty()) {
      findings.accept(judged);
    }
    CachedRow newest = rows.newest();
    if (newest == null) {
      return;
    }
    if (mover == null) {
      tally.wouldMove++;
    } else {
      mover.add(newest, now, maximum);
    }
  }
}
