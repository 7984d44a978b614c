package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link dev.taskcache.store.CacheStore} must do, tried with long random sequences: it
 * has to answer as the store in memory does, fences and times aside. A store's test extends this
 * class as it does {@link StoreContract}.
 *
 * <p>{@code -Dtaskcache.tests.seed=N} repeats the sequence that a failure names; with {@code
 * -Dtaskcache.tests.scale=N} there are so many sequences, of 10,000 operations each. One must not
 * take longer than a quarter of an hour, as what ages in hours ages by that, too.
 */
public abstract class StoreModelContract extends StoreFixture {
  private static final int OPERATIONS = 10_000;
  private static final int SEQUENCES = Integer.getInteger("taskcache.tests.scale", 1);

  /** What a long sequence comes across; the rest depends on chance. */
  private static final List<String> USUAL =
      List.of(
          "find -> nothing",
          "find -> #",
          "find -> expired #",
          "find -> invalidated by client #",
          "find -> held by client #",
          "claim -> won #",
          "claim -> refused",
          "refresh -> won #",
          "refresh -> refused",
          "renew -> true",
          "renew -> false",
          "abandon -> true",
          "abandon -> false",
          "publish -> stored #",
          "publish -> already stored #",
          "publish -> superseded by null",
          "publish -> superseded by client #",
          "publish-unleased -> stored #",
          "publish-unleased -> already stored #",
          "publish-unleased -> superseded by null",
          "publish-unleased -> superseded by client #");

  /** For subclasses. */
  protected StoreModelContract() {}

  @Test
  void itAnswersAsTheStoreInMemoryDoes() {
    long seed = Long.getLong("taskcache.tests.seed", System.nanoTime());
    for (int i = 0; i < SEQUENCES; i++) {
      runSequence(seed + i);
    }
  }

  private void runSequence(long seed) {
    StoreModel model = new StoreModel(store, this::elapse, seed);
    try {
      model.run(OPERATIONS);
      assertThat(model.outcomes()).containsAll(USUAL);
      model.forgetEverything();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("with -Dtaskcache.tests.seed=" + seed + ":\n" + e.getMessage(), e);
    }
  }
}
