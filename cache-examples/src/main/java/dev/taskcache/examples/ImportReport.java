package dev.taskcache.examples;

import dev.taskcache.jdbc.kfp.KfpImportCounts;
import dev.taskcache.jdbc.kfp.KfpImportKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what an import finds as it finds it, and the counts at its end. */
final class ImportReport {
  private static final int MOST_ROWS = 10;

  private final Terminal terminal;
  private final boolean json;

  ImportReport(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  void key(KfpImportKey key) {
    if (json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("key", key.key());
      line.put("rows", key.rows());
      line.put("valid", key.valid());
      line.put("expired", key.expired());
      line.put("neverMatching", key.neverMatching());
      line.put("newest", key.newest());
      line.put("blocksItself", key.blocksItself());
      terminal.out().println(JsonLine.of(line));
    } else {
      terminal.out().println(key.key() + ": " + String.join("; ", remarks(key)));
    }
  }

  private static List<String> remarks(KfpImportKey key) {
    List<String> remarks = new ArrayList<>();
    if (key.isDuplicated()) {
      remarks.add(key.rows() + " rows");
    }
    add(remarks, "valid", key.valid());
    add(remarks, "expired", key.expired());
    add(remarks, "never matching", key.neverMatching());
    if (key.newest() != null) {
      remarks.add("newest: " + key.newest());
    } else if (key.blocksItself()) {
      remarks.add("BLOCKS ITSELF: nothing can be used, and from 2.14 on nothing is written again");
    }
    return remarks;
  }

  private static void add(List<String> remarks, String what, List<Long> rows) {
    if (!rows.isEmpty()) {
      String ids =
          rows.stream().limit(MOST_ROWS).map(String::valueOf).collect(Collectors.joining(", "));
      int more = rows.size() - MOST_ROWS;
      remarks.add(what + ": " + ids + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  void counts(KfpImportCounts counts, boolean dryRun) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("rows", counts.rows());
    if (dryRun) {
      line.put("wouldMove", counts.wouldMove());
    } else {
      line.put("moved", counts.moved());
      line.put("alreadyThere", counts.alreadyThere());
      line.put("refused", counts.refused());
      line.put("unreadable", counts.unreadable());
    }
    line.put("older", counts.older());
    line.put("expired", counts.expired());
    line.put("neverMatching", counts.neverMatching());
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("keys", counts.keys());
    keys.put("duplicatedKeys", counts.duplicatedKeys());
    keys.put("duplicateRows", counts.duplicateRows());
    keys.put("blockedKeys", counts.blockedKeys());
    if (json) {
      line.putAll(keys);
      terminal.out().println(JsonLine.of(line));
    } else {
      terminal.out().println(words(line));
      terminal.out().println(words(keys));
    }
  }

  /** {@code 4 rows: 1 moved, 3 older}; the first one is what the others are parts of. */
  private static String words(Map<String, Object> counts) {
    String all =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " " + spaced(each.getKey()))
            .collect(Collectors.joining(", "));
    return all.replaceFirst(", ", ": ");
  }

  private static String spaced(String name) {
    return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
  }
}
