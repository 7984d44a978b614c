package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The queries in {@code docs/jdbc.md}, for people who look at rows. */
class RowsByHandTest {
  private static final String ALL = "dev.taskcache.jdbc.TestDatabase#all";

  @ParameterizedTest
  @MethodSource(ALL)
  void keysAreWrittenAsEverywhereElse(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build()) {
      store.schema().migrate();
      EntryId entry = Samples.newId();
      Samples.stored(store, entry, "x");
      EntryId leased = Samples.newId();
      Samples.lease(store, leased);
      store.invalidate(Samples.NAMESPACE, new EntrySelector.Component("none"), "me"); // a marker

      assertThat(database.query(JdbcPage.query("RowsByHandTest: " + database.database())))
          .containsExactly(entry.key().toString(), leased.key().toString());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aRowIsFoundByItsWrittenKey(TestDatabase database) throws Exception {
    try (JdbcStore store = JdbcStore.builder(database.dataSource()).build()) {
      store.schema().migrate();
      EntryId id = Samples.newId();
      Samples.stored(store, id, "x");
      Samples.stored(store, Samples.newId(), "another");
      String digits = HexFormat.of().formatHex(id.key().digest());
      assertThat(id.key()).hasToString("k1:" + digits);

      String where =
          JdbcPage.query("RowsByHandTest, by key: " + database.database()).replace("…", digits);

      assertThat(database.query("SELECT count(*) FROM taskcache_entry " + where))
          .containsExactly("1");
    }
  }
}
