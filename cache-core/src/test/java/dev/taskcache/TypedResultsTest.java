package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Reason;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import dev.taskcache.store.InMemoryStore;
import org.junit.jupiter.api.Test;

/** Entries that do not decode into the type that is asked for any more. */
class TypedResultsTest {
  private final TaskCache cache = TaskCache.builder(new InMemoryStore()).build();
  private final TaskRequest request =
      Requests.train().outputs(Requests.schema("result", "any")).build();
  private int runs;

  record Old(int epochs) {}

  /** Has refused what it once took. */
  record Strict(int epochs) {
    Strict {
      if (epochs < 10) {
        throw new IllegalStateException("too few");
      }
    }
  }

  record Renamed(int rounds) {}

  private <T> Outcome<T> run(Class<T> type, T result) throws InterruptedException {
    return cache.getOrRun(
        request,
        type,
        () -> {
          runs++;
          return result;
        });
  }

  @Test
  void areAMissOnceAndReplaced() throws Exception {
    run(Old.class, new Old(3));

    Outcome<Strict> refused = run(Strict.class, new Strict(30));
    assertThat(refused.decision().reason()).isEqualTo(Reason.ENTRY_UNREADABLE);
    assertThat(refused.decision().message()).contains("Strict refuses", "too few");
    assertThat(run(Strict.class, new Strict(99)).value()).isEqualTo(new Strict(30));
    assertThat(runs).isEqualTo(2);

    assertThat(run(Renamed.class, new Renamed(1)).decision().reason())
        .isEqualTo(Reason.ENTRY_UNREADABLE);
    assertThat(run(Renamed.class, new Renamed(2)).value()).isEqualTo(new Renamed(1));
    assertThat(runs).isEqualTo(3);
  }

  @Test
  void stayAsTheyAreForWhoeverMayNotWrite() throws Exception {
    run(Old.class, new Old(3));
    TaskRequest readOnly =
        Requests.train()
            .outputs(Requests.schema("result", "any"))
            .options(CachingOptions.builder().mode(Mode.READ_ONLY).build())
            .build();
    for (int i = 0; i < 2; i++) {
      Outcome<Strict> refused = cache.getOrRun(readOnly, Strict.class, () -> new Strict(30));
      assertThat(refused.decision().reason()).isEqualTo(Reason.ENTRY_UNREADABLE);
      assertThat(refused.value()).isEqualTo(new Strict(30));
    }
    assertThat(run(Old.class, new Old(4)).value()).isEqualTo(new Old(3));
  }
}
