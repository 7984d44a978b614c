package dev.taskcache.testing.guide;

import static dev.taskcache.testing.TaskCacheAssertions.assertKey;
import static dev.taskcache.testing.TaskCacheAssertions.assertReproducible;
import static dev.taskcache.testing.TaskCacheAssertions.assertSameAnswers;
import static dev.taskcache.testing.TaskCacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.ResultType;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.testing.FaultyStore.Call;
import dev.taskcache.testing.Gate;
import dev.taskcache.testing.TaskCacheExtension;
import dev.taskcache.testing.TestCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The code of docs/testing.md: what stands between the marks of a region is on the page. */
@ExtendWith(TaskCacheExtension.class)
class TrainingTest {
  // region host
  /** What is tested: a host that asks a cache. */
  static final class Training {
    record Model(String name, double auc) {}

    private static final ComponentSpec TRAIN = ComponentSpec.named("train");
    private final TaskCache cache;

    Training(TaskCache cache) {
      this.cache = cache;
    }

    static TaskRequest request(double learningRate) {
      return TaskRequest.builder(TRAIN)
          .version("1")
          .input("learning_rate", learningRate)
          .outputs(ResultType.of(Model.class).schema())
          .identity(new TaskIdentity("nightly", null, "train"))
          .build();
    }

    Outcome<Model> train(double learningRate) throws InterruptedException {
      return cache.getOrRun(
          request(learningRate), Model.class, () -> new Model("m", learningRate * 50));
    }
  }

  // end region

  // region extension
  @Test
  void trainsOnce(TestCache test) throws Exception {
    Training training = new Training(test.cache());

    assertThat(training.train(0.01)).isMiss();
    assertThat(training.train(0.01)).isHit();
    assertThat(training.train(0.02)).missedBecause(Reason.INPUT_CHANGED, "learning_rate");
  }

  // end region

  // region given
  @Test
  void usesWhatIsThere(TestCache test) throws Exception {
    test.given(Training.request(0.01)).returns(new Training.Model("seeded", 0.9));

    Outcome<Training.Model> outcome = new Training(test.cache()).train(0.01);

    assertThat(outcome).isHit();
    assertThat(outcome.value().name()).isEqualTo("seeded");
  }

  // end region

  // region clock
  @Test
  void aWeekOldModelIsTrainedAgain(TestCache test) {
    test.given(Training.request(0.01)).returns(new Training.Model("seeded", 0.9));
    TaskRequest fresh =
        TaskRequest.builder(ComponentSpec.named("train"))
            .version("1")
            .input("learning_rate", 0.01)
            .outputs(ResultType.of(Training.Model.class).schema())
            .options(CachingOptions.builder().maxAge(Duration.ofDays(7)).build())
            .build();
    assertThat(test.cache().decide(fresh)).isHit();

    test.clock().advance(Duration.ofDays(8));

    assertThat(test.cache().decide(fresh)).missedBecause(Reason.ENTRY_TOO_OLD);
  }

  // end region

  // region elsewhere
  @Test
  void anotherProcessTrains(TestCache test) {
    LeaseToken token = test.given(Training.request(0.01)).runsElsewhere();
    assertThat(test.cache().decide(Training.request(0.01))).isInFlight();

    test.cache().abandon(token);

    assertThat(test.cache().decide(Training.request(0.01))).isMiss();
  }

  // end region

  // region run
  @Test
  void aChangedRateTrainsAgainAndNothingElse(TestCache test) throws Exception {
    test.given(Training.request(0.01)).returns(new Training.Model("seeded", 0.9));
    Training training = new Training(test.cache());

    training.train(0.01);
    training.train(0.02);
    training.train(0.02);

    assertThat(test.events())
        .task("train")
        .ranOnce()
        .task("train")
        .missedBecause(Reason.INPUT_CHANGED, "learning_rate")
        .noMissesExcept("train");
  }

  // end region

  // region keys
  private static final Path KEYS = Path.of("src/test/resources/testing/keys.json");

  @Test
  void keysStayTheSame() {
    assertKey(Training.request(0.01)).matches(KEYS);
    assertKey(Training.request(0.01))
        .knownFrom(KEYS)
        .isEqualTo("k1:fd2f90c60fff1fb495e250f6ea3aa01126581708b6a99249f7b077c7cdeb40e2");
    assertKey(Training.request(0.02)).differsFrom(Training.request(0.01), KeyPart.INPUTS);
  }

  // end region

  // region reproducible
  @Test
  void trainingHasASeed() throws Exception {
    assertReproducible(() -> new Training.Model("m", new Random(7).nextDouble()), 3);
  }

  // end region

  // region faults
  @Test
  void trainsWithoutTheStore(TestCache test) throws Exception {
    Training training = new Training(test.cache());
    test.store().on(Call.FIND).next(1).fail();

    assertThat(training.train(0.01)).missedBecause(Reason.STORE_FAILED);
    assertThat(training.train(0.01)).isHit();
  }

  // end region

  // region gate
  @Test
  void whoComesWhileItIsPublishedIsTold(TestCache test) {
    Gate publish = test.store().on(Call.PUBLISH).hold();
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(
            () -> {
              try {
                new Training(test.cache()).train(0.01);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    publish.awaitCall();
    TaskCache another = test.newCache(builder -> builder);

    assertThat(another.decide(Training.request(0.01))).isInFlight();

    publish.open();
    first.join();
    assertThat(another.decide(Training.request(0.01))).isHit();
  }

  // end region

  // region parity
  @Test
  void everyStoreAnswersAlike() throws Exception {
    assertSameAnswers(
        List.of(Training.request(0.01), Training.request(0.02)),
        request -> new Outputs(ResultType.of(Training.Model.class).encode(MODEL)),
        new InMemoryStore(),
        new InMemoryStore());
  }

  private static final Training.Model MODEL = new Training.Model("m", 0.5);
  // end region
}
