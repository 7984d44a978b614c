package dev.taskcache.testing;

import static dev.taskcache.testing.TaskCacheAssertions.assertThat;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.jdbc.DatabaseForParity;
import dev.taskcache.jdbc.testing.JdbcTestStore;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.store.Outputs;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of docs/testing.md that needs a database. */
class DatabaseGuideTest {
  @AutoClose private static final DatabaseForParity DATABASE = DatabaseForParity.sqlite();

  // region database
  @AutoClose static final JdbcTestStore STORE = JdbcTestStore.at(url());

  @RegisterExtension
  static final TaskCacheExtension TASKCACHE =
      TaskCacheExtension.on(STORE).with(builder -> builder.entriesExpireAfter(Duration.ofDays(7)));

  @Test
  void expiresInTheDatabaseToo(TestCache test) throws Exception {
    TaskRequest request = TaskRequest.builder(ComponentSpec.named("train")).version("1").build();
    test.cache().getOrRun(request, () -> Outputs.NONE);
    assertThat(test.cache().decide(request)).isHit();

    test.clock().advance(Duration.ofDays(7));

    assertThat(test.cache().decide(request)).missedBecause(Reason.ENTRY_EXPIRED);
  }

  // end region

  private static String url() {
    return DATABASE.url();
  }
}
