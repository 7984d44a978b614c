package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.taskcache.version.PipelineVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code versions list}, {@code resolve} and {@code explain}; each call is a process of its own.
 */
@Timeout(300)
class VersionsCommandTest {
  @TempDir private Path dir;
  private Published source;

  /** 1.0.0 has two parameters, 1.1.0 takes one away, 2.0.0 has one more, and is the newest. */
  @BeforeEach
  void publish() {
    source = new Published(dir.resolve("pipelines"));
    source.version("1.0.0", 1, traced("first", "a", "b"));
    source.version("1.1.0", 2, traced("second", "a"));
    source.version("2.0.0", 3, traced("third", "a", "b", "c"));
  }

  private Ir traced(String text, String... parameters) {
    return Published.tracing(dir.resolve("runs.txt"), text, parameters);
  }

  private Cli versions(String command, Object... more) {
    Object[] words = new Object[5 + more.length];
    words[0] = "versions";
    words[1] = command;
    words[2] = Published.PIPELINE;
    words[3] = "--source";
    words[4] = source.directory();
    System.arraycopy(more, 0, words, 5, more.length);
    return Cli.at(dir, words);
  }

  private static void good(Cli answer) {
    assertThat(answer.err()).isEmpty();
    assertThat(answer.code()).isZero();
  }

  @Test
  void aListHasTheNewestFirstAndMarksWhatWouldRun() {
    Cli list = versions("list");
    good(list);
    assertThat(list.out().lines().toList())
        .hasSize(4)
        .satisfies(
            lines -> {
              assertThat(lines.get(0)).containsSubsequence("ID", "CREATED", "STATE", "DIGEST");
              assertThat(lines.get(1))
                  .containsSubsequence("2.0.0", Published.created(3).toString(), "READY", "2.0.0")
                  .endsWith("<- latest");
              assertThat(lines.get(2)).contains("1.1.0").doesNotContain("<-");
              assertThat(lines.get(3)).contains("1.0.0").doesNotContain("<-");
            });
    assertThat(versions("list", "--range", "^1").out().lines().toList().get(3))
        .contains("1.0.0")
        .endsWith("<- range ^1");
    assertThat(dir.resolve(".cache")).doesNotExist();
  }

  @Test
  void aListInJsonHasWhatTheSourceSays() {
    List<Map<String, Object>> lines = versions("list", "--json", "--pin", "1.1.0").json();
    assertThat(lines).extracting(line -> line.get("id")).containsExactly("2.0.0", "1.1.0", "1.0.0");
    assertThat(lines.get(1))
        .isEqualTo(
            Map.of(
                "pipeline",
                "train",
                "id",
                "1.1.0",
                "createdAt",
                Published.created(2).toString(),
                "state",
                "READY",
                "number",
                "1.1.0",
                "digest",
                PipelineVersion.digestOf(
                    traced("second", "a").text().getBytes(StandardCharsets.UTF_8)),
                "selected",
                true));
    assertThat(lines.get(0)).containsEntry("selected", false);
    Cli none = Cli.at(dir, "versions", "list", "nobody", "--source", source.directory());
    good(none);
    assertThat(none.out()).isEqualTo("There are no versions of nobody.\n");
  }

  @Test
  void theLatestIsToldWithItsReasonAndItsAge() {
    Cli first = versions("resolve");
    good(first);
    assertThat(first.out())
        .isEqualTo(
            "train (latest): version 2.0.0 of "
                + Published.created(3)
                + ", because it is the newest version that is ready; from the source, 0 s old.\n");
    Cli second = versions("resolve", "--json", "--interval", "1h");
    good(second);
    assertThat(second.json())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("version", "2.0.0")
                    .containsEntry("reason", "NEWEST")
                    .containsEntry("origin", "SHARED")
                    .containsEntry("refusals", List.of())
                    .doesNotContainKey("problem"));
  }

  @Test
  void whatARangePassesOverHasALineOfItsOwn() {
    Cli resolved = versions("resolve", "--range", "^1");
    good(resolved);
    assertThat(resolved.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("train (range ^1): version 1.0.0 of ")
                    .doesNotContain("1.1.0"),
            line -> assertThat(line).startsWith("Passed over: 1.1.0 is INCOMPATIBLE: "));
    Cli even = versions("resolve", "--range", "^1", "--even-incompatible");
    good(even);
    assertThat(even.out().lines())
        .singleElement()
        .asString()
        .contains("(range ^1, even incompatible): version 1.1.0 of ");
    assertThat(versions("resolve", "--pin", "1.0.0").out())
        .contains("(pinned to 1.0.0): version 1.0.0 of ");
  }

  @Test
  void aSourceThatIsGoneLeavesTheLastKnownVersionWithItsAgeAndTheProblem() throws Exception {
    good(versions("resolve", "--range", "^1"));
    source.takeAway();
    Cli last = versions("resolve", "--range", "^1", "--interval", "PT0.001S");
    good(last);
    assertThat(last.out())
        .contains("version 1.0.0 of ", "; last known, ", " s old, as the source failed: ")
        .contains(source.directory().toString(), "is no directory");
    Cli tooOld = versions("resolve", "--interval", "PT0.001S", "--oldest", "PT0.001S");
    assertThat(tooOld.code()).isEqualTo(1);
    assertThat(tooOld.err()).contains("and at most PT0.001S is allowed").hasLineCount(1);
  }

  @Test
  void aVersionThatDoesNotExistIsExitCode1AndOneLine() throws Exception {
    for (List<Object> asked :
        List.of(
            List.<Object>of("resolve", "--pin", "3.0.0"),
            List.<Object>of("explain", "--range", "^4"))) {
      Cli none =
          versions((String) asked.get(0), asked.subList(1, asked.size()).toArray(Object[]::new));
      assertThat(none.code()).isEqualTo(1);
      assertThat(none.out()).isEmpty();
      assertThat(none.err()).startsWith("taskcache: pipeline train").hasLineCount(1);
    }
    source.takeAway();
    Cli down = versions("list");
    assertThat(down.code()).isEqualTo(1);
    assertThat(down.err()).startsWith("taskcache: pipeline \"train\" in ").hasLineCount(1);
    Cli unknown = versions("resolve", "--namespace", "another");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no version was known before").hasLineCount(1);
  }

  @Test
  void wrongUsageIsExitCode2() {
    Map<List<Object>, String> cases =
        Map.of(
            List.of("versions", "resolve", "p", "--source", dir, "--pin", "a", "--range", "^1"),
            "--pin and --range contradict each other",
            List.of("versions", "resolve", "p", "--source", dir, "--even-incompatible"),
            "--even-incompatible needs --range RANGE",
            List.of("versions", "resolve", "p", "--source", dir, "--range", "one"),
            "one",
            List.of("versions", "list", "p"),
            "--source: is not given, and TASKCACHE_SOURCE is not set",
            List.of("versions", "list", "p", "--source", "ftp://host/x"),
            "\"ftp://host/x\" is no source of pipelines",
            List.of("versions", "list", "p", "--source", "kfp+http://host/x?team=a"),
            "only namespace=NAME may follow",
            List.of("versions", "log", "s", "--last", "0"),
            "--last is 0");
    cases.forEach(
        (words, problem) -> {
          Cli answer = Cli.at(dir, words.toArray());
          assertThat(answer.code()).as("%s", words).isEqualTo(2);
          assertThat(answer.err()).contains(problem).hasLineCount(1);
        });
    assertThat(Cli.run("versions").code()).isEqualTo(2);
  }

  @Test
  void aPlanIsCompiledOnceAndRunsWithTheSourceGone() throws Exception {
    Path plan = dir.resolve("plan.json");
    Cli first = versions("resolve", "--output", plan);
    good(first);
    assertThat(first.out())
        .endsWith(plan + ": " + Files.size(plan) + " bytes, for `taskcache run --compiled`\n");
    source.takeAway();
    Path again = dir.resolve("again.json");
    Cli second = versions("resolve", "--interval", "PT0.001S", "--output", again, "--json");
    good(second);
    assertThat(second.json())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("output", again.toString())
                    .containsEntry("origin", "LAST_KNOWN"));
    assertThat(again).hasSameBinaryContentAs(plan);
    good(Cli.at(dir, "run", "--compiled", plan));
    assertThat(dir.resolve("runs.txt")).hasContent("third");
  }

  @Test
  void whatCannotBeCompiledIsExitCode1AndLeavesTheFileAsItWas() throws Exception {
    source.version("2.1.0", 4, "nothing: here\n");
    Path plan = Files.writeString(dir.resolve("plan.json"), "before");
    Cli broken = versions("resolve", "--output", plan);
    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.err())
        .startsWith("taskcache: version 2.1.0 of train cannot be compiled: ")
        .hasLineCount(1);
    assertThat(plan).hasContent("before");
  }

  @Test
  void anExplanationTellsEveryDetailAndWhatChangedSinceTheVersionBefore() throws Exception {
    Cli latest = versions("explain");
    good(latest);
    assertThat(latest.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("train (latest): version 2.0.0 of "),
            line ->
                assertThat(line)
                    .startsWith(
                        "Since version 1.1.0 of " + Published.created(2) + " it changes components")
                    .contains("b: ", " is new", "c: "));
    Cli range = versions("explain", "--range", "^1");
    good(range);
    List<String> lines = range.out().lines().toList();
    assertThat(lines.get(1))
        .isEqualTo("Passed over: 1.1.0 of " + Published.created(2) + " is INCOMPATIBLE");
    assertThat(lines.get(2)).startsWith("  ").contains("\"b\"");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("No version before 1.0.0 is ready in the source.");

    Map<String, Object> json = versions("explain", "--json").json().get(0);
    assertThat(json).containsEntry("before", "1.1.0");
    assertThat(json.get("changes"))
        .isInstanceOfSatisfying(
            Map.class, changes -> assertThat((List<?>) changes.get("parameters")).hasSize(2));
    source.takeAway();
    Cli down = versions("explain", "--interval", "PT0.001S");
    good(down);
    assertThat(down.out()).contains("last known").contains("What it changes is not known: ");
  }

  @Test
  void aServerIsAskedWithTheTokenOfTheEnvironment() throws Exception {
    byte[] content = traced("served", "a").text().getBytes(StandardCharsets.UTF_8);
    String list =
        JsonLine.of(
            Map.of(
                "versions",
                List.of(
                    Map.of(
                        "id",
                        "7",
                        "createdAt",
                        "2026-03-01T12:00:00Z",
                        "state",
                        "READY",
                        "digest",
                        PipelineVersion.digestOf(content)))));
    Queue<String> tokens = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/base/pipelines/train/versions",
        exchange -> {
          tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] answer =
              exchange.getRequestURI().getPath().endsWith("/content")
                  ? content
                  : list.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    try {
      Map<String, String> variables =
          Map.of(
              "TASKCACHE_SOURCE",
              "http://127.0.0.1:" + server.getAddress().getPort() + "/base",
              "TASKCACHE_SOURCE_TOKEN",
              "not-for-others");
      Path plan = dir.resolve("plan.json");
      Cli served =
          Cli.at(dir, variables, "versions", "resolve", "train", "--output", plan.toString());
      good(served);
      assertThat(served.out()).startsWith("train (latest): version 7 of 2026-03-01T12:00:00Z");
      assertThat(Files.readString(plan)).contains("served");
      assertThat(tokens).hasSizeGreaterThan(1).containsOnly("Bearer not-for-others");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void kubeflowsAddressSaysTheNamespace() {
    assertThat(PublishedSource.parse("kfp+https://host/pipeline?namespace=a", null).name())
        .isEqualTo("https://host/pipeline?namespace=a");
    assertThat(PublishedSource.parse("kfp+http://host", "t").name()).isEqualTo("http://host");
    assertThat(PublishedSource.parse("https://host/x", null).name()).isEqualTo("https://host/x");
    assertThat(PublishedSource.parse(dir.toString(), null).name()).startsWith("file:");
  }
}
