package dev.taskcache.key;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map's entries in the order of the format. It is sorted once, and its names are kept as they
 * were measured, because every key writes all of them. Immutable.
 */
final class SortedEntries extends AbstractMap<String, InputValue> {
  private static final Comparator<Named> ORDER = (a, b) -> compare(a.name(), b.name());

  private final InputValue.Text[] names;
  private final InputValue[] values;

  private record Named(InputValue.Text name, InputValue value) {}

  private SortedEntries(int size) {
    this.names = new InputValue.Text[size];
    this.values = new InputValue[size];
  }

  /** Copies a map; refuses a name with a lone surrogate. */
  static SortedEntries copyOf(Map<String, InputValue> entries) {
    if (entries instanceof SortedEntries sorted) {
      return sorted;
    }
    Named[] sorted = new Named[entries.size()];
    int size = 0;
    for (Map.Entry<String, InputValue> entry : entries.entrySet()) {
      sorted[size++] = new Named(new InputValue.Text(entry.getKey()), entry.getValue());
    }
    Arrays.sort(sorted, ORDER);
    SortedEntries copy = new SortedEntries(size);
    for (int i = 0; i < size; i++) {
      copy.names[i] = sorted[i].name();
      copy.values[i] = requireNonNull(sorted[i].value());
    }
    return copy;
  }

  InputValue.Text name(int index) {
    return names[index];
  }

  InputValue value(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public @Nullable InputValue get(@Nullable Object name) {
    int index = indexOf(name);
    return index < 0 ? null : values[index];
  }

  private int indexOf(@Nullable Object name) {
    if (!(name instanceof String text)) {
      return -1;
    }
    long bytes = Utf8.measure(text);
    int low = 0;
    int high = names.length - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      int order = compare(names[middle], bytes, text);
      if (order == 0) {
        return middle;
      } else if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static int compare(InputValue.Text a, InputValue.Text b) {
    if (a.isShort() && b.isShort()) {
      int first = Long.compareUnsigned(a.firstEight(), b.firstEight());
      return first != 0 ? first : Long.compareUnsigned(a.nextEight(), b.nextEight());
    }
    return compare(a, b.utf8Bytes(), b.value());
  }

  private static int compare(InputValue.Text a, long bBytes, String b) {
    int byLength = Long.compare(a.utf8Bytes(), bBytes);
    return byLength != 0 ? byLength : Utf8.compareSameLength(a.value(), b);
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super InputValue> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i].value(), values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, InputValue>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return names.length;
      }

      @Override
      public Iterator<Map.Entry<String, InputValue>> iterator() {
        return new EntryIterator();
      }
    };
  }

  private final class EntryIterator implements Iterator<Map.Entry<String, InputValue>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < names.length;
    }

    @Override
    public Map.Entry<String, InputValue> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return Map.entry(names[next].value(), values[next++]);
    }
  }
}
