package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every file of main code keeps to, read from the sources of all modules: small files, few
 * public types, no package without its nullness declared.
 */
class SourceRulesTest {
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile(
          "^public [a-z -]*(class|interface|@interface|record|enum) ", Pattern.MULTILINE);

  /**
   * Core aims at 60 to 75 files; in half of it, a median or a share says little about the whole.
   */
  private static final int ENOUGH = 60;

  @Test
  void everyPackageDeclaresItsNullness() {
    assertThat(sources("*").map(Path::getParent).distinct())
        .isNotEmpty()
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .content()
                    .contains("\n@NullMarked\n"));
  }

  @Test
  void noFileIsLong() {
    assertThat(sources("*")).allSatisfy(file -> assertThat(lines(file)).hasSizeLessThan(401));
  }

  @Test
  void theMedianFileOfCoreIsShort() {
    List<Integer> sizes = types("core").map(file -> lines(file).size()).sorted().toList();
    if (sizes.size() >= ENOUGH) {
      assertThat(sizes.get(sizes.size() / 2)).as("median of %s", sizes).isLessThan(80);
    }
  }

  @Test
  void atMostHalfOfTheTypesOfCoreArePublic() {
    List<Path> all = types("core").toList();
    List<Path> visible =
        all.stream()
            .filter(file -> PUBLIC_TYPE.matcher(String.join("\n", lines(file))).find())
            .toList();
    if (all.size() >= ENOUGH) {
      assertThat(visible).hasSizeLessThanOrEqualTo(all.size() / 2);
    }
  }

  private static Stream<Path> types(String module) {
    return sources(module).filter(file -> !file.endsWith("package-info.java"));
  }

  /** Main sources of one module, or of all for {@code *}. */
  private static Stream<Path> sources(String module) {
    try (var modules = Files.newDirectoryStream(Path.of(".."), "cache-" + module)) {
      Stream.Builder<Path> found = Stream.builder();
      for (Path each : modules) {
        try (Stream<Path> files = Files.walk(each.resolve("src/main/java"))) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(found);
        }
      }
      return found.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
