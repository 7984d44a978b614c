package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.ImageDigestResolver.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A tag means one image all through a run. */
@Timeout(120)
class RunImagesTest {
  private static final Run ONE = new Run("default", "p", "1");

  private final AtomicInteger asked = new AtomicInteger();

  /** Another digest each time. */
  private Optional<String> moving(String reference) {
    return Optional.of("sha256:" + "%064x".formatted(asked.incrementAndGet()));
  }

  @Test
  void aRunKeepsWhatItWasTold() {
    ImageDigestResolver images = ((ImageDigestResolver) this::moving).rememberedPerRun();

    Optional<String> first = images.resolve("alpine", ONE);
    assertThat(images.resolve("alpine", new Run("default", "p", "1"))).isEqualTo(first);
    assertThat(asked).hasValue(1);
    for (Run other :
        List.of(
            new Run("default", "p", "2"),
            new Run("other", "p", "1"),
            new Run("default", "q", "1"),
            new Run("default", null, "1"))) {
      assertThat(images.resolve("alpine", other)).as("%s", other).isNotEqualTo(first);
    }
    assertThat(images.resolve("alpine:2", ONE)).isNotEqualTo(first);
    assertThat(images.resolve("alpine", ONE)).isEqualTo(first);
  }

  @Test
  void withoutARunEachAsks() {
    ImageDigestResolver images = ((ImageDigestResolver) this::moving).rememberedPerRun();

    assertThat(images.resolve("alpine", null)).isNotEqualTo(images.resolve("alpine", null));
    assertThat(images.resolve("alpine")).isNotEqualTo(images.resolve("alpine"));
    assertThat(asked).hasValue(4);
  }

  @Test
  void whatFailedOrIsUnknownIsAskedForAgain() {
    List<Object> answers = new ArrayList<>();
    ImageDigestResolver images =
        ((ImageDigestResolver)
                reference -> {
                  if (answers.size() == 0) {
                    answers.add("");
                    throw new IllegalStateException("down");
                  } else if (answers.size() == 1) {
                    answers.add("");
                    return Optional.empty();
                  }
                  return moving(reference);
                })
            .rememberedPerRun();

    assertThatThrownBy(() -> images.resolve("alpine", ONE)).hasMessage("down");
    assertThat(images.resolve("alpine", ONE)).isEmpty();
    assertThat(images.resolve("alpine", ONE)).isPresent();
  }

  @Test
  void theRunThatAskedLongestAgoIsForgottenFirst() {
    RunImages images = new RunImages(this::moving, 2);
    Optional<String> first = images.resolve("alpine", ONE);
    images.resolve("alpine", new Run("default", "p", "2"));
    assertThat(images.resolve("alpine", ONE)).isEqualTo(first);

    images.resolve("alpine", new Run("default", "p", "3"));

    assertThat(images.resolve("alpine", ONE)).isEqualTo(first);
    assertThat(asked).hasValue(3);
    images.resolve("alpine", new Run("default", "p", "2"));
    assertThat(asked).hasValue(4);
  }

  @Test
  void callersAtTheSameTimeShareOneLookUpAndItsFailure() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    CountDownLatch isAsked = new CountDownLatch(1);
    ImageDigestResolver images =
        ((ImageDigestResolver)
                reference -> {
                  asked.incrementAndGet();
                  isAsked.countDown();
                  try {
                    assertThat(mayAnswer.await(60, TimeUnit.SECONDS)).isTrue();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  throw new IllegalStateException("down");
                })
            .rememberedPerRun();
    List<FutureTask<Optional<String>>> callers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      FutureTask<Optional<String>> caller = new FutureTask<>(() -> images.resolve("alpine", ONE));
      callers.add(caller);
      threads.add(new Thread(caller));
    }
    threads.get(0).start();
    assertThat(isAsked.await(60, TimeUnit.SECONDS)).isTrue();
    for (Thread each : threads.subList(1, 8)) {
      each.start();
      while (each.getState() != Thread.State.WAITING) {
        assertThat(each.isAlive()).isTrue();
        Thread.onSpinWait();
      }
    }

    mayAnswer.countDown();

    for (FutureTask<Optional<String>> each : callers) {
      assertThatThrownBy(() -> each.get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("down");
    }
    assertThat(asked).hasValue(1);
  }

  @Test
  void whoIsInterruptedWhileAnotherAsksSaysSo() {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch isAsked = new CountDownLatch(1);
    ImageDigestResolver images =
        ((ImageDigestResolver)
                reference -> {
                  isAsked.countDown();
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return moving(reference);
                })
            .rememberedPerRun();
    Thread first = new Thread(() -> images.resolve("alpine", ONE));
    first.start();
    try {
      assertThat(isAsked.await(60, TimeUnit.SECONDS)).isTrue();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> images.resolve("alpine", ONE))
          .isInstanceOf(ImageNotResolvedException.class)
          .hasMessageContaining("alpine: interrupted");
      assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      never.countDown();
    }
  }
}
