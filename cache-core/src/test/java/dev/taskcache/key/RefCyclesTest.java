package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Cycles of refs, against the plain way to find them. */
class RefCyclesTest {
  private static final int ROUNDS = 2_000 * Integer.getInteger("taskcache.tests.scale", 1);

  @Test
  void findsWhatThePlainWayFinds() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, List<String>> refs = graph(random);
      RefCycles cycles = new RefCycles(name -> refs.getOrDefault(name, List.of()));
      List<String> names = new ArrayList<>(refs.keySet());
      Collections.shuffle(names, random);
      for (String name : names) {
        assertThat(cycles.contain(name))
            .as("%s in %s, seed %d", name, refs, seed)
            .isEqualTo(leadsToItself(name, refs));
      }
    }
  }

  private static Map<String, List<String>> graph(Random random) {
    int size = 1 + random.nextInt(12);
    Map<String, List<String>> refs = new HashMap<>();
    for (int i = 0; i < size; i++) {
      List<String> to = new ArrayList<>();
      for (int edges = random.nextInt(4); edges > 0; edges--) {
        to.add(Integer.toString(random.nextInt(size)));
      }
      refs.put(Integer.toString(i), to);
    }
    return refs;
  }

  private static boolean leadsToItself(String name, Map<String, List<String>> refs) {
    Set<String> reached = new HashSet<>();
    Deque<String> todo = new ArrayDeque<>(refs.get(name));
    while (!todo.isEmpty()) {
      String next = todo.remove();
      if (reached.add(next)) {
        todo.addAll(refs.get(next));
      }
    }
    return reached.contains(name);
  }
}
