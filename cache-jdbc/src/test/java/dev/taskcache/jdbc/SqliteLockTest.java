package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Processes that would migrate one file of SQLite take turns. */
class SqliteLockTest {
  @Test
  void aProcessWaitsForTheOneThatHasTheLock() throws Exception {
    try (TestDatabase database = TestDatabase.sqlite()) {
      JdbcSchema schema = JdbcSchema.of(database.dataSource());
      Path file = Path.of(database.url().substring("jdbc:sqlite:".length()) + ".lock");
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE);
          FileLock ours = channel.lock(0, Long.MAX_VALUE, true);
          ChildJvm other = new ChildJvm(WaitingMain.class, database.url())) {
        assertThat(other.line()).isEqualTo("waits");
        assertThatThrownBy(schema::validate).hasMessageContaining("not migrated");

        ours.release();
        assertThat(other.line()).isEqualTo(String.valueOf(Migrations.OURS.files().size()));
        assertThatCode(schema::validate).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void aDatabaseInMemoryHasNoFileToLock() throws Exception {
    assertThat(SqliteLock.whileLocked("", () -> 7)).isEqualTo(7);
  }

  /** Migrates, and says before whether that is waiting for a lock, or over. */
  static final class WaitingMain {
    public static void main(String[] args) throws Exception {
      int[] migrations = new int[1];
      Thread migrating =
          new Thread(
              () -> migrations[0] = JdbcSchema.of(TestDatabase.dataSource(args[0])).migrate());
      migrating.start();
      while (migrating.isAlive() && !isLocking(migrating)) {
        Thread.onSpinWait();
      }
      System.out.println(migrating.isAlive() ? "waits" : "went ahead");
      migrating.join();
      System.out.println(migrations[0]);
    }

    private static boolean isLocking(Thread thread) {
      return Stream.of(thread.getStackTrace())
          .anyMatch(
              frame ->
                  frame.getClassName().equals("sun.nio.ch.FileChannelImpl")
                      && frame.getMethodName().equals("lock"));
    }
  }
}
