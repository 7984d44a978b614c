package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.taskcache.store.EntryId;
import dev.taskcache.testing.Linearizability.Timed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What many threads see of one id could every store have shown them one after another. */
abstract class LinearizabilityContract extends CrowdContract {
  private static final int CLIENTS = 4;
  private static final int CALLS = 15;
  private static final int HISTORIES = 100 * Integer.getInteger("taskcache.tests.scale", 1);

  @Test
  void concurrentHistoriesOfAnIdAreLinearizable() throws Exception {
    long seed = Long.getLong("taskcache.tests.seed", System.nanoTime());
    List<EntryId> ids = new ArrayList<>();
    for (int i = 0; i < HISTORIES; i++) {
      ids.add(newId());
    }
    AtomicLong clock = new AtomicLong();
    CyclicBarrier begin = new CyclicBarrier(CLIENTS);

    List<List<List<Timed<KeyCall>>>> histories =
        Threads.all(
            CLIENTS,
            client ->
                () -> {
                  List<List<Timed<KeyCall>>> own = new ArrayList<>();
                  for (int i = 0; i < HISTORIES; i++) {
                    KeyClient calls =
                        new KeyClient(
                            store, ids.get(i), "client " + client, seed + i * CLIENTS + client);
                    begin.await(1, TimeUnit.MINUTES);
                    own.add(recorded(calls, clock));
                  }
                  return own;
                });

    for (int i = 0; i < HISTORIES; i++) {
      List<Timed<KeyCall>> history = new ArrayList<>();
      for (List<List<Timed<KeyCall>>> own : histories) {
        history.addAll(own.get(i));
      }
      assertThat(history).hasSize(CLIENTS * CALLS);
      String which = "history " + i + " of -Dtaskcache.tests.seed=" + seed + ": ";
      Linearizability.problem(KeyState.EMPTY, KeyState::after, history)
          .ifPresent(problem -> fail(which + problem));
    }
  }

  private static List<Timed<KeyCall>> recorded(KeyClient client, AtomicLong clock) {
    List<Timed<KeyCall>> history = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      long begun = clock.incrementAndGet();
      KeyCall call = client.call();
      history.add(new Timed<>(call, begun, clock.incrementAndGet()));
    }
    return history;
  }
}
