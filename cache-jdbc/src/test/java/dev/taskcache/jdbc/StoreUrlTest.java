package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://host/db?user=me&password=secret",
        "jdbc:mysql://me:secret@host/db",
        "jdbc:mysql://me:se?secret;x@host/db",
        "jdbc:mysql://host/db?password=any@secret",
        "jdbc:oracle:thin:me/secret@host:1521:db",
        "jdbc:sqlserver://host;user=me;password=secret;encrypt=true",
        "jdbc:h2:mem:db;USER=me;PASSWORD=secret",
        "postgres://me:secret@host/db",
        "postgresql://me:secret@host/db?sslmode=require",
        "jdbc:postgresql://me:secret@host/db",
        "jdbc:postgresql://me:secret@host:5432/db?sslmode=require",
        "jdbc:postgresql://host:port/db?password=secret",
        "jdbc:postgresql://host:99999/db?user=me&PASSWORD=secret&sslpassword=secret",
      })
  void oneThatIsRefusedIsNotShown(String url) {
    assertThatThrownBy(() -> JdbcStore.builder(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("me:")
        .hasMessageContaining("jdbc:postgresql://HOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:mysql://host/db", "tasks.db", ""})
  void oneWithoutAnythingSecretIsNamed(String url) {
    assertThatThrownBy(() -> JdbcStore.builder(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no store at \"%s\"; give jdbc:sqlite:FILE or jdbc:postgresql://HOST/DATABASE, or a"
                + " data source",
            url);
  }

  @Test
  void neverShowsItself() {
    assertThat(new StoreUrl("jdbc:postgresql://host/db?password=secret"))
        .hasToString("jdbc:postgresql://host/db?…");
  }

  /** HikariCP would wait for 30 seconds. */
  @Test
  void itsPoolWaitsAsLongAsTheDeadline() {
    StoreUrl url = new StoreUrl("jdbc:postgresql://127.0.0.1:1/none");
    try (HikariDataSource pool = (HikariDataSource) url.open(Duration.ofSeconds(3))) {
      assertThat(pool.getConnectionTimeout()).isEqualTo(3_000);
      assertThat(pool.getValidationTimeout()).isEqualTo(3_000);
    }
    try (HikariDataSource pool = (HikariDataSource) url.open(Duration.ofMillis(1))) {
      assertThat(pool.getConnectionTimeout()).isEqualTo(250);
    }
  }

  @Test
  void theStoreClosesThePool() {
    JdbcStoreBuilder builder = JdbcStore.builder("jdbc:postgresql://127.0.0.1:1/none");
    JdbcStoreBuilder.Source source = builder.source();
    assertThat(source.opened()).isSameAs(source.dataSource());
    ((HikariDataSource) source.dataSource()).close();

    assertThat(JdbcStore.builder("jdbc:sqlite:any").source().opened()).isNull();
    assertThat(JdbcStore.builder(source.dataSource()).source().opened()).isNull();
  }
}
