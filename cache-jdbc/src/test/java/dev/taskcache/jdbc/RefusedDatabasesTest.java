package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no store can be, and what is said about it. */
class RefusedDatabasesTest {
  @Test
  void anUnknownDatabaseIsRefusedByName() {
    JdbcDataSource h2 = new JdbcDataSource();
    h2.setURL("jdbc:h2:mem:any;MODE=PostgreSQL");
    try (JdbcStore store = JdbcStore.builder(h2).build()) {
      assertThatThrownBy(() -> store.find(Samples.newId()))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("the store cannot find an entry: no store for H2 2.")
          .hasMessageEndingWith(
              "use PostgreSQL 13 or newer, CockroachDB, YugabyteDB, or SQLite 3.35 or newer");
      assertThatThrownBy(() -> store.schema().migrate())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("no store for H2 2.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:",
        "jdbc:sqlite:file::memory:?cache=shared",
        "jdbc:sqlite:file:any?mode=memory"
      })
  void sqliteInMemoryIsRefused(String url) {
    try (JdbcStore store = JdbcStore.builder(url).build()) {
      assertThatThrownBy(() -> store.find(Samples.newId()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("a database in memory is another one for each connection")
          .hasMessageContaining("name a file, or use InMemoryStore");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "SMB2",
        "9p",
        "ceph",
        "fuse.sshfs",
        "lustre",
        "glusterfs",
        "fuse.glusterfs",
        "afs",
        "afpfs",
        "beegfs",
        "gpfs",
        "fuse.rclone",
        "fuse.gcsfuse",
        "fuse.juicefs",
        "webdav"
      })
  void aNetworkFileSystemIsRefused(String type) {
    assertThatThrownBy(() -> SqliteFile.refuseNetwork("/mnt/share/tasks.db", type))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "/mnt/share/tasks.db is on a network file system (%s), where SQLite loses data; put it"
                + " on a disk of this machine, or use PostgreSQL",
            type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext4", "ext3", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay", "apfs", "hfs", "NTFS",
        "ufs", "fuseblk"
      })
  void aDiskOfThisMachineIsNot(String type) {
    assertThatCode(() -> SqliteFile.refuseNetwork("/var/tasks.db", type))
        .doesNotThrowAnyException();
  }

  @Test
  void theFileSystemIsLookedAtWhenTheFileIsOpened(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tasks.db");
    String type = Files.getFileStore(folder).type();
    assertThatCode(() -> SqliteFile.refuseNetwork(file.toString(), type))
        .doesNotThrowAnyException();
    try (JdbcStore store = JdbcStore.builder("jdbc:sqlite:" + file).build()) {
      store.schema().migrate();
      assertThat(store.find(Samples.newId()).entry()).isEmpty();
    }
    assertThat(file).exists();
  }

  @Test
  void aFolderThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("nowhere").resolve("tasks.db");
    try (JdbcStore store = JdbcStore.builder("jdbc:sqlite:" + file).build()) {
      assertThatThrownBy(() -> store.find(Samples.newId()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(folder.resolve("nowhere").toString());
    }
  }
}
