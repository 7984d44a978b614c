package dev.taskcache.testing.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of guides is that of tests; {@link #main} writes it anew. */
class GuidePagesTest {
  private static final List<Path> PAGES =
      List.of(Path.of("../docs/testing.md"), Path.of("../docs/versions.md"));
  private static final Path TESTS = Path.of("..");

  /** A block of the page, with the file and the region that it is from. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "<!-- from (\\S+), region ([\\w-]+) -->\n```java\n(.*?)```\n", Pattern.DOTALL);

  public static void main(String[] args) throws IOException {
    for (Path page : PAGES) {
      Files.writeString(page, generated(Files.readString(page)));
    }
  }

  private static String generated(String page) throws IOException {
    Matcher block = BLOCK.matcher(page);
    StringBuilder all = new StringBuilder();
    while (block.find()) {
      String code = region(Files.readString(TESTS.resolve(block.group(1))), block.group(2));
      String head = "<!-- from " + block.group(1) + ", region " + block.group(2) + " -->\n";
      block.appendReplacement(all, Matcher.quoteReplacement(head + "```java\n" + code + "```\n"));
    }
    return block.appendTail(all).toString();
  }

  private static String region(String source, String name) {
    List<String> lines = source.lines().toList();
    int begin = lines.stream().map(String::strip).toList().indexOf("// region " + name);
    assertThat(begin).as("region %s", name).isNotNegative();
    List<String> region = new ArrayList<>();
    for (int i = begin + 1; !lines.get(i).strip().equals("// end region"); i++) {
      region.add(lines.get(i));
    }
    // Without the blank line at the end, which would count as a line that is not indented.
    return String.join("\n", region).stripTrailing().stripIndent() + "\n";
  }

  static List<Path> pages() {
    return PAGES;
  }

  @ParameterizedTest
  @MethodSource("pages")
  void itsCodeIsThatOfTheTests(Path file) throws IOException {
    String page = Files.readString(file);

    assertThat(generated(page)).isEqualTo(page);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void eachBlockOfJavaIsOneOfThem(Path file) throws IOException {
    String page = Files.readString(file);

    assertThat(BLOCK.matcher(page).results().count())
        .isEqualTo(page.lines().filter(line -> line.equals("```java")).count())
        .isGreaterThan(3);
  }
}
