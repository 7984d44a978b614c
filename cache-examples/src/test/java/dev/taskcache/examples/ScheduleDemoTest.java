package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ScheduleDemoTest {
  private static String told(Map<String, Object> line) {
    return line.get("version")
        + " "
        + line.get("reason")
        + " "
        + line.get("origin")
        + " "
        + line.get("outcome");
  }

  @Test
  void eachSlotGetsItsVersionForItsReason() {
    Cli demo = Cli.run("schedule", "--demo", "--json");
    assertThat(demo.err()).isEmpty();
    assertThat(demo.code()).isZero();
    List<Map<String, Object>> slots =
        demo.json().stream().filter(line -> line.containsKey("slot")).toList();
    assertThat(slots.stream().map(ScheduleDemoTest::told))
        .containsExactly(
            "v1 NEWEST SOURCE STARTED",
            "v1 NEWEST SOURCE STARTED",
            "v2 NEWEST SOURCE STARTED",
            "v2 KEPT_AFTER_FAILURE SOURCE STARTED",
            "v2 KEPT_AFTER_FAILURE LAST_KNOWN STARTED",
            "v4 NEWEST SOURCE STARTED");
    assertThat(slots.get(3).get("awaited")).asString().startsWith("version v3: ");
    assertThat(slots.get(4).get("problem")).asString().contains("is no directory");

    List<Map<String, Object>> runs =
        demo.json().stream().filter(line -> line.containsKey("tasks")).toList();
    assertThat(runs)
        .extracting(run -> run.get("misses") + " of " + run.get("tasks"))
        .containsExactly("3 of 3", "0 of 3", "1 of 3", "0 of 3", "0 of 3", "1 of 3");
    assertThat(runs)
        .extracting(run -> run.get("id"))
        .containsExactlyElementsOf(slots.stream().map(slot -> slot.get("run")).toList())
        .doesNotHaveDuplicates();
  }
}
