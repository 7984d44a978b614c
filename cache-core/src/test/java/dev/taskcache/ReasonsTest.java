package dev.taskcache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageNotResolvedException;
import dev.taskcache.key.ImageRef;
import dev.taskcache.policy.NotCached;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.testing.RecordingListener;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What decisions say of their reasons; {@link EveryReasonTest} has one way to each. */
class ReasonsTest {
  private static final String DIGEST = "sha256:" + "ab".repeat(32);

  private final FailingStore store = new FailingStore();
  private final RecordingListener listener = new RecordingListener();
  private final TaskCache cache = TaskCache.builder(store).listener(listener).build();

  private CacheDecision decisionOn(TaskRequest request) throws InterruptedException {
    Outcome<Outputs> outcome = cache.getOrRun(request, () -> Outputs.of(Map.of("auc", 0.5)));
    assertThat(outcome.value().get("auc")).isNotNull();
    assertThat(listener.reasons()).last().isEqualTo(outcome.decision().reason());
    return outcome.decision();
  }

  @Test
  void noEntryThenEntryFound() throws Exception {
    assertThat(decisionOn(Requests.named(1)).reason()).isEqualTo(Reason.NO_ENTRY);

    CacheDecision hit = decisionOn(Requests.named(1));
    assertThat(hit.reason()).isEqualTo(Reason.ENTRY_FOUND);
    assertThat(hit.toString()).contains("HIT train").contains("run 7").contains("k1:");
  }

  @Test
  void entryUnreadable() throws Exception {
    record Small(short number) {}
    record Large(long number) {}
    Large large = new Large(1L << 40);
    cache.getOrRun(Requests.train(1), Large.class, () -> large);

    Outcome<Small> outcome =
        cache.getOrRun(Requests.train(1), Small.class, () -> new Small((short) 5));

    assertThat(outcome.decision().reason()).isEqualTo(Reason.ENTRY_UNREADABLE);
    assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
    assertThat(cache.getOrRun(Requests.train(1), Large.class, () -> large).value())
        .isEqualTo(new Large(5));
  }

  @Test
  void storeFailed() throws Exception {
    store.failing.add(FailingStore.Call.FIND);

    CacheDecision decision = decisionOn(Requests.named(1));
    assertThat(decision.reason()).isEqualTo(Reason.STORE_FAILED);
    assertThat(decision.message()).contains("the store is down");
    assertThat(((CacheDecision.Miss) decision).token()).isEmpty();
  }

  @Test
  void runningElsewhereAndWaitTimedOut() throws Exception {
    TaskCache other = TaskCache.builder(store).build();
    CacheDecision.Miss theirs = (CacheDecision.Miss) other.decide(Requests.named(1));

    CacheDecision decision = cache.decide(Requests.named(1));
    assertThat(decision.reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
    assertThat(((CacheDecision.InFlight) decision).owner())
        .isEqualTo(theirs.token().orElseThrow().lease().owner());

    TaskCache impatient = TaskCache.builder(store).longestWait(Duration.ofMillis(1)).build();
    Outcome<Outputs> outcome =
        impatient.getOrRun(Requests.named(1), () -> Outputs.of(Map.of("auc", 0.5)));
    assertThat(outcome.decision().reason()).isEqualTo(Reason.WAIT_TIMED_OUT);
    assertThat(outcome.write())
        .as("a result without a lease, while another holds one")
        .isInstanceOf(WriteOutcome.Superseded.class);
  }

  @Test
  void cachingOffNeitherReadsNorWritesNorClaims() throws Exception {
    NotCached off = new NotCached(Reason.CACHING_OFF, "pipeline.yaml:12: cachingOptions is {}");

    CacheDecision decision =
        decisionOn(
            Requests.train().outputs(Requests.schema("auc", "float64")).notCached(off).build());

    assertThat(decision.reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(decision.toString()).contains("pipeline.yaml:12");
    assertThat(store.calls).isEmpty();
  }

  @Test
  void runSpecific() throws Exception {
    NotCached finding = new NotCached(Reason.RUN_SPECIFIC, "the command contains the run's id");

    assertThat(decisionOn(Requests.train().notCached(finding).build()).reason())
        .isEqualTo(Reason.RUN_SPECIFIC);
  }

  @Test
  void imageNotResolved() throws Exception {
    assertThat(decisionOn(withImage("python:3.11")).reason()).isEqualTo(Reason.IMAGE_NOT_RESOLVED);
    assertThat(store.calls).isEmpty();
  }

  @Test
  void aResolvedTagIsTheSameAsItsDigest() {
    ImageDigestResolver images = ImageDigestResolver.of(Map.of("python:3.11", DIGEST));

    assertThat(withImage("python:3.11").key(images).key())
        .isEqualTo(withImage("python@" + DIGEST).key(ImageDigestResolver.NONE).key());
  }

  private static TaskRequest withImage(String image) {
    return TaskRequest.builder(
            ComponentSpec.builder().name("train").image(ImageRef.parse(image)).build())
        .outputs(Requests.schema("auc", "float64"))
        .build();
  }

  @Test
  void keyFailedForAnInputThatCannotBeEncoded() throws Exception {
    CacheDecision decision =
        decisionOn(Requests.train().input("config", Map.of("callback", new Object())).build());

    assertThat(decision.reason()).isEqualTo(Reason.KEY_FAILED);
    assertThat(decision.message()).contains("inputs.config.callback");
    assertThat(store.calls).isEmpty();
  }

  @Test
  void keyFailedForAResolverThatThrowsOrAnswersNonsense() throws Exception {
    for (ImageDigestResolver broken :
        new ImageDigestResolver[] {
          reference -> {
            throw new IllegalStateException("registry is down");
          },
          reference -> java.util.Optional.of("latest")
        }) {
      TaskCache breaking = TaskCache.builder(store).images(broken).build();
      Outcome<Outputs> outcome = breaking.getOrRun(withImage("python:3.11"), () -> Outputs.NONE);
      assertThat(outcome.decision().reason()).isEqualTo(Reason.KEY_FAILED);
      assertThat(outcome.decision().message()).startsWith("component.image");
    }
    assertThat(store.calls).isEmpty();
  }

  @Test
  void anImageThatAResolverCannotFindIsNotResolvedAndSaysWhy() throws Exception {
    TaskCache asking =
        TaskCache.builder(store)
            .images(
                reference -> {
                  throw new ImageNotResolvedException(reference + ": the registry is down", null);
                })
            .build();

    CacheDecision decision =
        asking.getOrRun(withImage("python:3.11"), () -> Outputs.of(Map.of("auc", 0.5))).decision();

    assertThat(decision.reason()).isEqualTo(Reason.IMAGE_NOT_RESOLVED);
    assertThat(decision.message()).isEqualTo("component.image: python:3.11: the registry is down");
    assertThat(store.calls).isEmpty();
  }

  @Test
  void everyReasonSaysWhatItMeansAndWhatToDo() {
    for (Reason reason : Reason.values()) {
      assertThat(reason.meaning()).isNotBlank().doesNotEndWith(".");
      assertThat(reason.remedy()).isNotBlank().doesNotEndWith(".");
      assertThat(reason.kind()).isNotNull();
    }
  }

  @Test
  void waitingForAnotherProcessEndsWithItsResult() throws Exception {
    InMemoryStore shared = new InMemoryStore();
    TaskCache driver = TaskCache.builder(shared).build();
    TaskCache waiter = TaskCache.builder(shared).build();
    CacheDecision.Miss miss = (CacheDecision.Miss) driver.decide(Requests.named(1));
    Thread publisher =
        new Thread(
            () -> driver.publish(miss.token().orElseThrow(), Outputs.of(Map.of("auc", 0.75))));

    publisher.start();
    CacheDecision decision = waiter.await(Requests.named(1), Duration.ofMinutes(1));
    publisher.join();

    assertThat(decision).isInstanceOf(CacheDecision.Hit.class);
    assertThat(((CacheDecision.Hit) decision).entry().orElseThrow().outputs())
        .isEqualTo(Outputs.of(Map.of("auc", 0.75)));
  }
}
