package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/kubeflow.md} are those of the code; {@link #main} writes them anew. */
class KubeflowPageTest {
  private static final Path PAGE = Path.of("../docs/kubeflow.md");

  public static void main(String[] args) throws IOException {
    Files.writeString(PAGE, generated(Files.readString(PAGE)));
  }

  private static String generated(String page) {
    String all = page;
    for (Map.Entry<String, String> table : tables().entrySet()) {
      String begin = "<!-- begin " + table.getKey() + " (generated) -->\n";
      String end = "<!-- end " + table.getKey() + " -->\n";
      assertThat(all).containsOnlyOnce(begin).containsOnlyOnce(end);
      int start = all.indexOf(begin) + begin.length();
      all =
          all.substring(0, start)
              + "\n"
              + table.getValue()
              + "\n"
              + all.substring(all.indexOf(end));
    }
    return all;
  }

  private static Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("fingerprints", fingerprints());
    tables.put("switches of v2", switches(KfpSwitch.Engine.V2));
    tables.put("switches of v1", switches(KfpSwitch.Engine.V1));
    tables.put("contradictions", contradictions());
    return tables;
  }

  private static String fingerprints() {
    Map<String, Predicate<KfpRelease>> parts = new LinkedHashMap<>();
    parts.put("names of mounted volume claims (`pvcNames`)", KfpRelease::hashesVolumes);
    parts.put(
        "output artifact `executor-logs`, where logs are published", KfpRelease::addsExecutorLogs);
    parts.put("environment variables", KfpRelease::hashesEnvironment);
    parts.put("`\\b` and `\\f` instead of `\\u0008` and `\\u000c`", KfpRelease::writesShortEscapes);
    parts.put("v1: namespace", KfpRelease::hashesNamespace);
    StringBuilder table = head("part");
    parts.forEach((name, has) -> row(table, name, release -> has.test(release) ? "yes" : "–"));
    return table.toString();
  }

  private static String switches(KfpSwitch.Engine engine) {
    StringBuilder table = head("switch");
    List<KfpSwitch> all =
        Arrays.stream(KfpSwitch.values()).filter(each -> each.engine() == engine).toList();
    all.forEach(each -> row(table, each.written(), release -> each.in(release).words()));
    table.append('\n');
    all.forEach(
        each ->
            table
                .append("* ")
                .append(each.written())
                .append(": ")
                .append(each.meaning())
                .append(".\n"));
    return table.toString();
  }

  private static String contradictions() {
    StringBuilder table = head("on | off");
    for (KfpContradiction each : KfpContradiction.values()) {
      row(
          table,
          each.on().written() + " | " + each.off().written(),
          release -> each.in(release).words());
    }
    return table.toString();
  }

  private static StringBuilder head(String first) {
    String releases =
        Arrays.stream(KfpRelease.values())
            .map(KfpRelease::label)
            .collect(Collectors.joining(" | "));
    int columns = first.split("\\|").length + KfpRelease.values().length;
    return new StringBuilder("| ")
        .append(first)
        .append(" | ")
        .append(releases)
        .append(" |\n|")
        .append("---|".repeat(columns))
        .append('\n');
  }

  private static void row(StringBuilder table, String first, Function<KfpRelease, String> cell) {
    table.append("| ").append(first);
    for (KfpRelease release : KfpRelease.values()) {
      table.append(" | ").append(cell.apply(release));
    }
    table.append(" |\n");
  }

  @Test
  void thePageHasTheTablesOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page).isEqualTo(generated(page));
  }

  @Test
  void thePageHasEveryKindOfFinding() throws IOException {
    List<String> named =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.matches("\\| `[a-z-]+`( \\(note\\))? \\|.*"))
            .map(line -> line.substring(2, line.indexOf('|', 2)).strip())
            .toList();
    assertThat(named)
        .containsExactlyElementsOf(
            Arrays.stream(KfpFinding.Kind.values())
                .map(kind -> "`" + kind.label() + "`" + (kind.isNote() ? " (note)" : ""))
                .toList());
  }
}
