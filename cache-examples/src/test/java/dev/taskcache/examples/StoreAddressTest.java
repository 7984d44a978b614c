package dev.taskcache.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a store is, and what is said of a text that names none. */
class StoreAddressTest {
  @TempDir Path dir;

  private static Environment environment(String os, Map<String, String> variables) {
    return new Environment(variables, os, Path.of("/home/me"));
  }

  @Test
  void unlessOneIsNamedItIsAFileInTheUsersCacheFolder() {
    assertThat(environment("Linux", Map.of()).store())
        .isEqualTo("/home/me/.cache/taskcache/taskcache.db");
    assertThat(environment("Linux", Map.of("XDG_CACHE_HOME", "/c")).store())
        .isEqualTo("/c/taskcache/taskcache.db");
    assertThat(environment("Linux", Map.of("XDG_CACHE_HOME", "relative")).store())
        .isEqualTo("/home/me/.cache/taskcache/taskcache.db");
    assertThat(environment("Mac OS X", Map.of("XDG_CACHE_HOME", "/c")).store())
        .isEqualTo("/home/me/Library/Caches/taskcache/taskcache.db");
    assertThat(environment("Windows 11", Map.of("LOCALAPPDATA", "/app")).store())
        .isEqualTo("/app/taskcache/taskcache.db");
    assertThat(environment("Windows 11", Map.of()).store())
        .isEqualTo("/home/me/AppData/Local/taskcache/taskcache.db");
    assertThat(environment("Linux", Map.of("TASKCACHE_STORE", "jdbc:sqlite:x")).store())
        .isEqualTo("jdbc:sqlite:x");
    assertThat(environment("Linux", Map.of("TASKCACHE_STORE", "")).store())
        .endsWith("taskcache.db");
  }

  @Test
  void aPathIsAFileOfSqlite() {
    StoreAddress address = StoreAddress.parse(dir.resolve("a b.db").toString());
    assertThat(address.url()).isEqualTo("jdbc:sqlite:" + dir.resolve("a b.db"));
    assertThat(address.file()).isEqualTo(dir.resolve("a b.db"));
    assertThat(address).hasToString(dir.resolve("a b.db").toString());
    assertThat(address.artifacts(environment("Linux", Map.of())))
        .isEqualTo(dir.resolve("artifacts"));
    assertThat(StoreAddress.parse("x.db").file()).isEqualTo(Path.of("x.db").toAbsolutePath());
    assertThat(StoreAddress.parse("jdbc:sqlite:/a/b.db?cache=shared"))
        .isEqualTo(new StoreAddress("jdbc:sqlite:/a/b.db?cache=shared", Path.of("/a/b.db")));
    assertThat(StoreAddress.parse("jdbc:sqlite:file:/a/b.db").file()).isEqualTo(Path.of("/a/b.db"));
  }

  @Test
  void aServersArtifactsAreInTheCacheFolder() {
    StoreAddress address = StoreAddress.parse("jdbc:postgresql://host:5432/tasks?user=me");
    assertThat(address.file()).isNull();
    assertThat(address.artifacts(environment("Linux", Map.of())))
        .isEqualTo(Path.of("/home/me/.cache/taskcache/artifacts"));
  }

  @Test
  void aPasswordIsNeverShown() {
    String url = "jdbc:postgresql://host/tasks?user=me&password=s3cret&sslpassword=s3cret&ssl=true";
    assertThat(StoreAddress.parse(url).url()).isEqualTo(url);
    assertThat(StoreAddress.parse(url))
        .hasToString("jdbc:postgresql://host/tasks?user=me&password=***&sslpassword=***&ssl=true");
    for (String wrong :
        List.of(
            "jdbc:postgresql://me:s3cret@host/tasks",
            "postgresql://me:s3cret@host/tasks",
            "postgres://host/tasks?password=s3cret",
            "jdbc:mysql://host/tasks?PASSWORD=s3cret")) {
      assertThatThrownBy(() -> StoreAddress.parse(wrong))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("host/tasks")
          .hasMessageEndingWith(
              "write a file's path, or jdbc:postgresql://HOST/DATABASE?user=NAME&password=...")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void whatNamesNoStoreIsRefusedWithWhatToWrite() {
    Map<String, String> cases =
        Map.of(
            "jdbc:h2:mem:x",
            "is a database that cannot hold a store; write a file's path, or",
            "mysql://host/x",
            "is no JDBC URL; write a file's path, or",
            "file:/a/b.db",
            "is no JDBC URL; write a file's path, or",
            "jdbc:sqlite:",
            "is no file, so no other process would see it",
            "jdbc:sqlite::memory:",
            "is no file, so no other process would see it",
            "jdbc:sqlite:file:x?mode=memory",
            "is no file, so no other process would see it",
            " ",
            "is no file, so no other process would see it",
            "what?.db",
            "has a question mark",
            dir.toString(),
            "is a folder; give a file in it",
            "a\0b",
            "is no path");
    cases.forEach(
        (text, problem) ->
            assertThatThrownBy(() -> StoreAddress.parse(text))
                .as(text)
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith("--store: " + text + " ")
                .hasMessageContaining(problem));
  }
}
