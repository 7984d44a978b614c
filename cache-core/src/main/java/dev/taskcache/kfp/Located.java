package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import java.util.List;
import java.util.Map;

/**
 * A node of a YAML or JSON document that knows its line. A YAML alias is the same node again, so
 * that a small file can be a huge tree; {@link #size} counts the tree, without walking it.
 */
sealed interface Located {
  /** More nodes than the largest real pipelines have by far, and few enough to walk. */
  long MOST_NODES = 1_000_000;

  int line();

  long size();

  /** Null, a truth value, a number or a text. */
  record Scalar(int line, InputValue value) implements Located {
    @Override
    public long size() {
      return 1;
    }
  }

  /** A list. */
  record Items(int line, long size, List<Located> elements) implements Located {
    static Items of(int line, List<Located> elements) {
      return new Items(line, sum(elements), elements);
    }
  }

  /** A map, in the file's order. */
  record Fields(int line, long size, Map<String, Entry> entries) implements Located {
    static Fields of(int line, Map<String, Entry> entries) {
      return new Fields(line, sum(entries.values().stream().map(Entry::value).toList()), entries);
    }
  }

  /** A map's entry, which begins where its key does. */
  record Entry(int line, Located value) {}

  private static long sum(List<Located> parts) {
    long sum = 1;
    for (Located part : parts) {
      sum = Math.min(MOST_NODES + 1, sum + part.size());
    }
    return sum;
  }
}
