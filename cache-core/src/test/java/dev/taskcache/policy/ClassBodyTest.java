package dev.taskcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InputValue;
import java.io.IOException;
import java.io.Serializable;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Digests of Java code: what changes them and what does not, with real compilers. */
class ClassBodyTest {
  private static final String HELPER =
      "final class Helper { static int twice(int x) { return 2 * x; } }";
  private static final String UNUSED = "final class Unused { int a() { return 1; } }";
  private static final String TRAIN =
      """
      import java.util.function.IntUnaryOperator;
      public class Train {
        enum Kind { A, B }
        record Pair(int x, String y) {}
        private final int seed = 7;
        public int run(int n) {
          IntUnaryOperator add = x -> x + seed;
          IntUnaryOperator times = x -> Helper.twice(x);
          int sum = 0;
          for (int i = 0; i < n; i++) { sum += times.applyAsInt(add.applyAsInt(i)); }
          if (Kind.values()[n % 2] == Kind.A) { return sum; }
          try { return Integer.parseInt("" + sum + new Pair(sum, "s")); }
          catch (NumberFormatException e) { return -1; }
        }
      }
      """;

  @TempDir private Path folder;
  private int compiled;

  private Map<String, String> digests(String... sources) throws Exception {
    return digests(System.getProperty("java.home"), List.of("-g"), sources);
  }

  private Map<String, String> digests(String jdk, List<String> options, String... sources)
      throws Exception {
    Path classes = folder.resolve("classes" + compiled++);
    List<String> command = new ArrayList<>(List.of(jdk + "/bin/javac", "--release", "17"));
    command.addAll(options);
    command.addAll(List.of("-d", classes.toString()));
    for (String source : sources) {
      String name = source.replaceAll("(?s).*?(?:class) (\\w+).*", "$1");
      Path file = Files.createDirectories(folder.resolve("src" + compiled)).resolve(name + ".java");
      Files.writeString(file, source);
      command.add(file.toString());
    }
    Process javac = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(javac.getInputStream().readAllBytes());
    assertThat(javac.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(javac.exitValue()).as(said).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, null)) {
      return new TreeMap<>(ClassBodies.of(loader.loadClass("Train")));
    }
  }

  @Test
  void isOfTheClassAndOfThoseThatItUsesAndNoOthers() throws Exception {
    assertThat(digests(TRAIN, HELPER, UNUSED))
        .containsOnlyKeys("Train", "Train$Kind", "Train$Pair", "Helper");
  }

  @ParameterizedTest
  @CsvSource({
    "'x -> x + seed', 'x -> x - seed', Train",
    "'seed = 7', 'seed = 8', Train",
    "'enum Kind { A, B }', 'enum Kind { B, A }', Train$Kind",
    "'return 2 * x', 'return 3 * x', Helper",
    "'i < n', 'i <= n', Train",
    "'catch (NumberFormatException', 'catch (IllegalArgumentException', Train"
  })
  void changesWithTheCodeAndNamesTheClassThatChanged(String from, String to, String changed)
      throws Exception {
    Map<String, String> before = digests(TRAIN, HELPER);
    Map<String, String> after = digests(TRAIN.replace(from, to), HELPER.replace(from, to));

    after.keySet().removeIf(name -> after.get(name).equals(before.get(name)));
    assertThat(after).containsOnlyKeys(changed);
  }

  @ParameterizedTest
  @CsvSource({
    "'int sum = 0;', 'int sum\n\n = 0; // a comment'",
    "'int sum', '@SuppressWarnings(\"x\") int sum'",
    "'public int run(int n)', '@Deprecated public int run(int n)'"
  })
  void doesNotChangeWithLinesCommentsAndAnnotations(String from, String to) throws Exception {
    assertThat(digests(TRAIN.replace(from, to), HELPER)).isEqualTo(digests(TRAIN, HELPER));
  }

  @Test
  void doesNotChangeWithDebugInformationOrTheOrderOfMembersAndLambdas() throws Exception {
    String java = System.getProperty("java.home");
    Map<String, String> before = digests(TRAIN, HELPER);
    assertThat(digests(java, List.of("-g:none"), TRAIN, HELPER)).isEqualTo(before);

    String one = "int one() { Runnable r = () -> Helper.twice(1); return 1; }";
    String two = "int two() { Runnable r = () -> Helper.twice(2); return 2; }";
    assertThat(digests("class Train { " + one + two + " }", HELPER))
        .isEqualTo(digests("class Train { " + two + one + " }", HELPER));
  }

  @Test
  void isTheSameFromEveryJdkThatIsHere() throws Exception {
    Map<String, String> ours = digests(TRAIN, HELPER);
    List<String> others = jdks();
    for (String jdk : others) {
      assertThat(digests(jdk, List.of("-g"), TRAIN, HELPER)).as(jdk).isEqualTo(ours);
    }
    assertThat(others).isNotEmpty();
  }

  /** Where systems keep their JDKs, this one's among them. */
  private static List<String> jdks() throws IOException {
    List<String> homes = new ArrayList<>(List.of(System.getProperty("java.home")));
    Path all = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(all)) {
      try (Stream<Path> each = Files.list(all)) {
        each.filter(home -> Files.isExecutable(home.resolve("bin/javac")))
            .filter(home -> !Files.isSymbolicLink(home))
            .map(Path::toString)
            .forEach(homes::add);
      }
    }
    return homes;
  }

  interface Work extends Supplier<Integer>, Serializable {}

  private static Work adding(int number) {
    return () -> number + 1;
  }

  private static Work taking(int number) {
    return () -> number - 1;
  }

  @Test
  void aSerializableLambdaIsItsBodyAndWhatItCaptured() {
    CachePolicy policy = CachePolicy.codeOf(adding(1));

    assertThat(policy).isEqualTo(CachePolicy.codeOf(adding(1)));
    assertThat(policy).as("another captured value").isNotEqualTo(CachePolicy.codeOf(adding(2)));
    assertThat(policy).as("another body").isNotEqualTo(CachePolicy.codeOf(taking(1)));
    InputValue.MapValue code = (InputValue.MapValue) policy.values().get("code");
    assertThat(code.entries().get("captured")).isEqualTo(InputValue.of(List.of(1)));
  }

  @Test
  void aLambdaThatNothingIdentifiesIsNotCached() {
    Supplier<Integer> lambda = () -> 1;
    CachePolicy policy = CachePolicy.codeOf(lambda);

    assertThatThrownBy(policy::values)
        .isInstanceOf(CodeNotIdentifiableException.class)
        .hasMessageContaining("not serializable")
        .hasMessageContaining("give a version");
    assertThatThrownBy(CachePolicy.codeOf(capturing(new Object()))::values)
        .isInstanceOf(CodeNotIdentifiableException.class)
        .hasMessageContaining("captured");
    assertThatThrownBy(() -> CachePolicy.classBody(String.class))
        .isInstanceOf(CodeNotIdentifiableException.class)
        .hasMessageContaining("java.lang.String");
  }

  private static Work capturing(Object what) {
    return () -> what.hashCode();
  }
}
