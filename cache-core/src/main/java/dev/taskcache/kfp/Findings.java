package dev.taskcache.kfp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects findings: one for each place, kind and reason, with all its tasks. Not thread-safe. */
final class Findings {
  private final Map<What, Set<String>> tasks = new LinkedHashMap<>();

  private record What(KfpFinding.Kind kind, Spot spot, String why, String instead) {}

  /** About the whole pipeline. */
  void add(KfpFinding.Kind kind, Spot spot, String why, String instead) {
    tasks.computeIfAbsent(new What(kind, spot, why, instead), what -> new LinkedHashSet<>());
  }

  /** About a task. */
  void add(KfpFinding.Kind kind, Spot spot, Use use, String why, String instead) {
    tasks
        .computeIfAbsent(new What(kind, spot, why, instead), what -> new LinkedHashSet<>())
        .add(use.path());
  }

  List<KfpFinding> byLine() {
    List<KfpFinding> all = new ArrayList<>();
    tasks.forEach(
        (what, names) ->
            all.add(
                new KfpFinding(
                    what.kind,
                    what.spot.file(),
                    what.spot.line(),
                    what.spot.place().toString(),
                    List.copyOf(names),
                    what.why,
                    what.instead)));
    all.sort(Comparator.comparingInt(KfpFinding::line));
    return List.copyOf(all);
  }
}
