package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InputValue.Bytes;
import dev.taskcache.key.InputValue.Int;
import dev.taskcache.key.InputValue.ListValue;
import dev.taskcache.key.InputValue.MapValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A value stays what it was when it was made. */
class ValueImmutabilityTest {
  @Test
  void changingTheSourceLaterChangesNothing() {
    int[] array = {1};
    List<Object> list = new ArrayList<>(List.of(array));
    Map<String, Object> map = new HashMap<>(Map.of("a", list));
    StringBuilder text = new StringBuilder("x");
    map.put("t", text);
    InputValue value = InputValue.of(map);
    array[0] = 2;
    list.add(1);
    map.put("b", 1);
    text.append("y");
    assertThat(value).isEqualTo(InputValue.of(Map.of("a", List.of(List.of(1)), "t", "x")));
  }

  @Test
  void bytesAreCopiedInAndOut() {
    byte[] source = {1, 2};
    Bytes bytes = new Bytes(source);
    source[0] = 9;
    bytes.value()[1] = 9;
    assertThat(bytes).isEqualTo(new Bytes(new byte[] {1, 2}));
  }

  @Test
  void listsAndMapsAreCopiedInAndCannotBeChangedOutside() {
    List<InputValue> elements = new ArrayList<>(List.of(new Int(1)));
    Map<String, InputValue> entries = new HashMap<>(Map.of("a", new Int(1)));
    ListValue list = new ListValue(elements);
    MapValue map = new MapValue(entries);
    elements.clear();
    entries.clear();
    assertThat(list.elements()).containsExactly(new Int(1));
    assertThat(map.entries()).containsOnlyKeys("a");
    assertThatThrownBy(() -> list.elements().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> map.entries().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void bytesDoNotShowTheirContentInMessages() {
    assertThat(new Bytes(new byte[] {42, 43})).hasToString("Bytes[2]");
  }

  @Test
  void aTypesNamesAndFieldsAreCopied() {
    List<String> names = new ArrayList<>(List.of("b", "a"));
    Map<String, ValueType> fields = new HashMap<>(Map.of("f", ValueType.Scalar.INT));
    ValueType.EnumType choice = new ValueType.EnumType(names);
    ValueType.RecordType record = new ValueType.RecordType(fields);
    names.clear();
    fields.clear();
    assertThat(choice.names()).isEqualTo(Arrays.asList("a", "b"));
    assertThat(record.fields()).containsOnlyKeys("f");
  }
}
