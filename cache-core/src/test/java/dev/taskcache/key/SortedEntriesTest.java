package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class SortedEntriesTest {
  private static final InputValue ONE = new InputValue.Int(1);

  @Test
  void itIsTheMapThatItCopies() {
    Map<String, InputValue> map = new LinkedHashMap<>();
    for (String name : new String[] {"bb", "", "é", "a", "ab", "😀", "\uffff", "zzzz"}) {
      map.put(name, new InputValue.Text(name));
    }
    SortedEntries entries = SortedEntries.copyOf(map);
    assertThat(entries).isEqualTo(map).hasSameHashCodeAs(map);
    assertThat(entries.keySet()).containsExactly("", "a", "ab", "bb", "é", "\uffff", "zzzz", "😀");
    map.forEach((name, value) -> assertThat(entries.get(name)).isEqualTo(value));
  }

  @Test
  void whatIsNotThereIsNotFound() {
    SortedEntries entries = SortedEntries.copyOf(Map.of("a", ONE, "c", ONE));
    for (Object name : new Object[] {"", "b", "d", "aa", "\ud800", 1}) {
      assertThat(entries.containsKey(name)).isFalse();
      assertThat(entries.get(name)).isNull();
    }
  }

  @Test
  void itDoesNotChange() {
    SortedEntries entries = SortedEntries.copyOf(Map.of("a", ONE));
    assertThatThrownBy(() -> entries.put("b", ONE))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> entries.remove("a")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(entries::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> SortedEntries.copyOf(Map.of()).entrySet().iterator().next())
        .isInstanceOf(NoSuchElementException.class);
  }
}
