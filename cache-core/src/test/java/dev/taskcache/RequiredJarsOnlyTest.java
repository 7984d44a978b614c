package dev.taskcache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that adds nothing but cache-core can use it: no class of an optional dependency is loaded
 * by the way, which no test in this JVM, where all of them are present, would notice.
 */
class RequiredJarsOnlyTest {
  @TempDir Path folder;

  @Test
  void runsWithoutTheOptionalJars() throws Exception {
    Map<String, String> jars = requiredJars();
    // Growing this list costs every host: add to it only with a reason.
    assertThat(jars)
        .containsOnlyKeys(
            "error_prone_annotations", // guava's, as are the next three
            "failureaccess",
            "guava",
            "j2objc-annotations",
            "jackson-core",
            "jspecify",
            "listenablefuture",
            "slf4j-api");

    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Stream.concat(
                        Stream.of("target/classes", "target/test-classes"), jars.values().stream())
                    .collect(joining(File.pathSeparator)),
                RequiredJarsOnlyMain.class.getName())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = java.waitFor(60, TimeUnit.SECONDS);
    java.destroyForcibly();

    assertThat(ended).as("ended within a minute").isTrue();
    // SLF4J says on stderr that it has no provider; whatever else is there, is a fault.
    assertThat(Files.readAllLines(err, UTF_8)).allMatch(line -> line.startsWith("SLF4J"));
    assertThat(java.exitValue()).isZero();
    assertThat(Files.readAllLines(out, UTF_8)).containsExactly(RequiredJarsOnlyMain.EXPECTED);
  }

  /** Name to path, from what Maven writes about this module before its tests (see pom.xml). */
  private static Map<String, String> requiredJars() throws IOException {
    return Files.readAllLines(Path.of("target/dependencies.txt"), UTF_8).stream()
        .map(String::strip)
        .filter(line -> line.contains(":compile:") && !line.contains(" (optional)"))
        // groupId:artifactId:jar:version:compile:path -- module name
        .map(line -> line.replaceFirst(" -- module .*", "").split(":", 6))
        .collect(toMap(parts -> parts[1], parts -> parts[5]));
  }
}
