package dev.taskcache.jdbc.kfp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one key, as they are read. Not thread-safe. */
final class KeyRows {
  private final @Nullable String key;
  private final List<Long> valid = new ArrayList<>();
  private final List<Long> expired = new ArrayList<>();
  private final List<Long> never = new ArrayList<>();
  private @Nullable CachedRow newest;

  KeyRows(@Nullable String key) {
    this.key = key;
  }

  boolean isOf(CachedRow row) {
    return key != null && key.equals(row.key());
  }

  void add(CachedRow row, RowState state) {
    switch (state) {
      case VALID -> {
        valid.add(row.id());
        if (newest == null || row.isNewerThan(newest)) {
          newest = row;
        }
      }
      case EXPIRED -> expired.add(row.id());
      case NEVER_MATCHES -> never.add(row.id());
    }
  }

  @Nullable CachedRow newest() {
    return newest;
  }

  KfpImportKey judged() {
    return new KfpImportKey(key, valid, expired, never, newest == null ? null : newest.id());
  }
}
