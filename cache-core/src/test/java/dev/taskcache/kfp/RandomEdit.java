package dev.taskcache.kfp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One edit of a JSON value (null, Boolean, Double, String, List, Map) that says something else. */
final class RandomEdit {
  private final Random random;

  RandomEdit(Random random) {
    this.random = random;
  }

  @Nullable Object value(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map(map);
    } else if (value instanceof List<?> list) {
      return list(list);
    } else if (value instanceof String text) {
      return text + "x";
    } else if (value instanceof Boolean flag) {
      return !flag;
    } else if (value instanceof Double number) {
      return number == 1 ? 2.0 : 1.0;
    }
    return false;
  }

  /** A member more, one less, one of another name, or one of another value. */
  Map<String, Object> map(Map<?, ?> map) {
    Map<String, Object> edited = new LinkedHashMap<>();
    map.forEach((key, each) -> edited.put((String) key, each));
    if (edited.isEmpty() || random.nextInt(4) == 0) {
      edited.put("one more", null);
      return edited;
    }
    List<String> names = new ArrayList<>(edited.keySet());
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(3)) {
      case 0 -> edited.remove(name);
      case 1 -> edited.put(name + "#renamed", edited.remove(name));
      default -> edited.put(name, value(edited.get(name)));
    }
    return edited;
  }

  /** An element more, one less, two in the other order, or one of another value. */
  List<Object> list(List<?> list) {
    List<Object> edited = new ArrayList<>(list);
    if (edited.isEmpty() || random.nextInt(4) == 0) {
      edited.add(random.nextInt(edited.size() + 1), "one more");
      return edited;
    }
    int i = random.nextInt(edited.size());
    int j = random.nextInt(edited.size());
    switch (random.nextInt(3)) {
      case 0 -> edited.remove(i);
      case 1 -> edited.set(i, value(edited.get(i)));
      default -> {
        Object one = edited.get(i);
        if (String.valueOf(one).equals(String.valueOf(edited.get(j)))) {
          edited.set(i, value(one));
        } else {
          edited.set(i, edited.set(j, one));
        }
      }
    }
    return edited;
  }
}
