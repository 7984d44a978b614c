package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintCommandTest {
  private static final Path FILES = Path.of("../cache-core/src/test/resources/kfp-lint");

  @TempDir private Path dir;

  private static Path file(String name) {
    return FILES.resolve(name + ".yaml");
  }

  @Test
  void aWarningIsALineAndTheExitCode() {
    Cli answer = Cli.run("lint", file("image-tag"));
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).isEmpty();
    List<String> lines = answer.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith(file("image-tag") + ":16: warning: one, other: python:3.11 ")
        .endsWith(" [image-tag]");
    assertThat(lines.get(1)).isEqualTo("1 warning, 0 notes");
  }

  @Test
  void notesAndNothingAreNoProblem() {
    Cli note = Cli.run("lint", file("empty-options"));
    assertThat(note.code()).isZero();
    assertThat(note.out()).contains(": note: off: ").endsWith("0 warnings, 1 note\n");
    Cli nothing = Cli.run("lint", file("nothing"));
    assertThat(nothing.code()).isZero();
    assertThat(nothing.out()).isEqualTo("0 warnings, 0 notes\n");
    assertThat(Cli.run("lint", file("nothing"), "--json").out()).isEmpty();
  }

  @Test
  void asJson() {
    Cli answer = Cli.run("lint", file("image-tag"), "--json");
    assertThat(answer.code()).isEqualTo(1);
    Map<String, Object> finding = answer.json().get(0);
    assertThat(answer.json()).hasSize(1);
    assertThat(finding)
        .containsOnlyKeys("kind", "severity", "file", "line", "place", "tasks", "why", "instead")
        .containsEntry("kind", "image-tag")
        .containsEntry("severity", "warning")
        .containsEntry("file", file("image-tag").toString())
        .containsEntry("line", 16)
        .containsEntry("place", "deploymentSpec.executors.exec-work.container.image")
        .containsEntry("tasks", List.of("one", "other"));
  }

  @Test
  void theReleaseTheClockAndWhatIsAllowed() {
    Path env = file("environment-not-in-key");
    assertThat(Cli.run("lint", env).out()).contains("env is not in the key of 2.17");
    assertThat(Cli.run("lint", env, "--release", "after").code()).isZero();
    assertThat(Cli.run("lint", env, "--allow", "image-tag,environment-not-in-key").code()).isZero();
    assertThat(Cli.run("lint", env, "--allow", "image-tag").code()).isEqualTo(1);
    Path time = file("recent-time");
    assertThat(Cli.run("lint", time, "--now", "2026-11-25T18:00:00Z").code()).isEqualTo(1);
    assertThat(Cli.run("lint", time, "--now", "2001-01-01T00:00:00Z").code()).isZero();
  }

  @Test
  void optionsOfEveryTask() {
    Path file = file("group-options-ignored");
    Cli table = Cli.run("lint", file, "--options", "--release", "2.5");
    assertThat(table.code()).isZero();
    List<String> lines = table.out().lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.subList(7, 10))
        .contains(
            "sub.cached: cachingOptions.enableCache of a task is on and cachingOptions of a"
                + " sub-pipeline is off: 2.5 obeys the first: cached")
        .allMatch(line -> line.contains(": 2.5 obeys the "));
    assertThat(lines.get(0)).contains("TASK", "KUBEFLOW 2.5", "HERE");
    Cli json = Cli.run("lint", file, "--options", "--json");
    assertThat(json.json()).hasSize(6);
    Map<String, Object> inside =
        json.json().stream().filter(each -> each.get("task").equals("sub.cached")).findAny().get();
    assertThat(inside)
        .containsOnlyKeys(
            "task", "line", "why", "kubeflow", "here", "level", "decided", "contradictions")
        .containsEntry("kubeflow", "cached")
        .containsEntry("here", "OFF")
        .containsEntry("level", "PIPELINE");
    assertThat(inside.get("why").toString()).endsWith("has enableCache: true");
    assertThat(inside.get("decided").toString()).contains("root.dag.tasks.sub.cachingOptions");
  }

  @Test
  void whatIsSaidBesideTheFileDecidesAsTheReleaseDoes() {
    Path file = file("group-options-ignored");
    Cli obeyed = Cli.run("lint", file, "--options", "--cacheenabled", "false", "--json");
    assertThat(obeyed.json())
        .hasSize(6)
        .allSatisfy(
            each -> {
              assertThat(each).containsEntry("kubeflow", "not cached").containsEntry("here", "OFF");
              assertThat(each.get("decided").toString()).startsWith("CACHEENABLED=false");
            });
    Cli ignored =
        Cli.run("lint", file, "--options", "--cacheenabled=false", "--release", "2.5", "--json");
    assertThat(ignored.json())
        .filteredOn(each -> each.get("task").equals("on.cached"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each).containsEntry("kubeflow", "cached").containsEntry("level", "TASK");
              assertThat(each.get("contradictions").toString())
                  .contains("CACHEENABLED, for v2 is off: 2.5 obeys the first: cached");
            });
  }

  @Test
  void badInputIsOneLineThatSaysWhere() throws IOException {
    Path wrong = Files.writeString(dir.resolve("wrong.yaml"), "a: [");
    Map<List<Object>, List<String>> cases =
        Map.of(
            List.of(wrong), List.of("wrong.yaml:1: ", "not YAML"),
            List.of(dir.resolve("none")), List.of("none: there is no such file"),
            List.of(wrong, "--allow", "images"), List.of("images", "image-tag"),
            List.of(wrong, "--release", "2.99"), List.of("2.99", "2.17"),
            List.of(wrong, "--now", "noon"), List.of("noon", "2026-01-31T12:00:00Z"),
            List.of(), List.of("PIPELINE"));
    cases.forEach(
        (args, words) -> {
          Object[] all = new Object[args.size() + 1];
          all[0] = "lint";
          System.arraycopy(args.toArray(), 0, all, 1, args.size());
          Cli answer = Cli.run(all);
          assertThat(answer.code()).as("%s", args).isEqualTo(2);
          assertThat(answer.out()).isEmpty();
          assertThat(answer.err().lines()).hasSize(1);
          assertThat(answer.err()).contains(words);
        });
  }
}
