package dev.taskcache.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A host that adds nothing but cache-jdbc and the driver of its database can use it: no class of
 * another driver or of the pool is loaded by the way, which no test in this JVM, where all of them
 * are present, would notice.
 */
class RequiredJarsOnlyTest {
  @TempDir Path folder;

  @Test
  void aHostGetsTheseJars() throws Exception {
    // Growing this list costs every host: add to it only with a reason.
    assertThat(jars(false))
        .containsOnlyKeys(
            "cache-core",
            "error_prone_annotations", // guava's, as are the next three
            "failsafe",
            "failureaccess",
            "flyway-core",
            "flyway-database-cockroachdb", // comes with the next
            "flyway-database-postgresql",
            "guava",
            "j2objc-annotations",
            "jackson-core",
            "jspecify",
            "listenablefuture",
            "slf4j-api");
    assertThat(jars(true)).containsOnlyKeys("HikariCP", "postgresql", "sqlite-jdbc");
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void runsWithTheDriverOfItsDatabaseAlone(TestDatabase database) throws Exception {
    boolean sqlite = database.database() == Database.SQLITE;
    String driver = jars(true).get(sqlite ? "sqlite-jdbc" : "postgresql");

    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Stream.concat(
                        Stream.of("target/classes", "target/test-classes", driver),
                        jars(false).values().stream())
                    .collect(joining(File.pathSeparator)),
                RequiredJarsOnlyMain.class.getName(),
                sqlite ? "org.sqlite.SQLiteDataSource" : "org.postgresql.ds.PGSimpleDataSource",
                sqlite ? "setUrl" : "setURL",
                database.url())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = java.waitFor(60, TimeUnit.SECONDS);
    java.destroyForcibly();

    assertThat(ended).as("ended within a minute").isTrue();
    assertThat(java.exitValue()).as("%s", Files.readString(err, UTF_8)).isZero();
    assertThat(Files.readAllLines(out, UTF_8)).containsExactly(RequiredJarsOnlyMain.EXPECTED);
  }

  /** Name to path, from what Maven writes about this module before its tests (see pom.xml). */
  private static Map<String, String> jars(boolean optional) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("target/dependencies.txt"), UTF_8);
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.contains(":compile:") && line.contains(" (optional)") == optional)
        // groupId:artifactId:jar:version:compile:path (optional) -- module name
        .map(line -> line.replaceFirst("( \\(optional\\))? -- module .*", "").split(":", 6))
        .collect(toMap(parts -> parts[1], parts -> parts[5]));
  }
}
