package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what compiles and what is printed. */
class ReadmeTest {
  private static final Path SOURCE =
      Path.of("src/test/java/dev/taskcache/examples/Quickstart.java");

  private static String readme() throws IOException {
    return Files.readString(Path.of("../README.md"));
  }

  /** The first fenced block of a language. */
  private static String block(String language) throws IOException {
    String readme = readme();
    int start = readme.indexOf("```" + language + "\n") + language.length() + 4;
    return readme.substring(start, readme.indexOf("```", start));
  }

  @Test
  void itsJavaIsAProgramThatCompiles() throws IOException {
    String source = Files.readString(SOURCE);

    assertThat(block("java")).isEqualTo(source.substring(source.indexOf("import ")));
  }

  @Test
  void thatProgramPrintsWhatItSays() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Quickstart.main(new String[0]);
    } finally {
      System.setOut(console);
    }

    assertThat(withoutTimes(printed.toString(StandardCharsets.UTF_8)))
        .isEqualTo(withoutTimes(block("text")));
  }

  private static String withoutTimes(String text) {
    return text.replace("\r\n", "\n").replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME");
  }

  @Test
  void itShowsCodeByLine25AndEndsByLine150() throws IOException {
    List<String> lines = readme().lines().toList();

    assertThat(lines.indexOf("```java")).isBetween(0, 24);
    assertThat(lines.size()).isLessThanOrEqualTo(150);
  }
}
