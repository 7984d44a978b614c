package dev.taskcache.testing;

import static dev.taskcache.testing.Samples.auc;
import static dev.taskcache.testing.Samples.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskCache;
import dev.taskcache.explain.Reason;
import dev.taskcache.store.WriteOutcome;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each test has a cache of its own, as a parameter or from a field. */
class TaskCacheExtensionTest {
  private static final Set<TestCache> SEEN = ConcurrentHashMap.newKeySet();

  @Nested
  @ExtendWith(TaskCacheExtension.class)
  class AsAParameter {
    private TestCache before;

    @BeforeEach
    void seed(TestCache test) {
      before = test;
      test.given(train().build()).returns(auc(0.5));
    }

    /** Were it not a new one, nothing could be seeded the second time. */
    @RepeatedTest(2)
    void eachTestHasItsOwn(TestCache test) {
      assertThat(test).isSameAs(before);
      assertThat(SEEN.add(test)).isTrue();
      assertThat(test.cache().decide(train().build()).reason()).isEqualTo(Reason.ENTRY_FOUND);
    }

    @Test
    void andItsParts(
        TestCache test,
        TaskCache cache,
        FaultyStore store,
        SettableClock clock,
        RecordingListener events) {
      assertThat(cache).isSameAs(test.cache());
      assertThat(store).isSameAs(test.store());
      assertThat(clock).isSameAs(test.clock());
      assertThat(events).isSameAs(test.events());
    }
  }

  @Nested
  class InAField {
    @RegisterExtension
    final TaskCacheExtension taskcache =
        TaskCacheExtension.inMemory()
            .with(builder -> builder.maxOutputBytes(4))
            .with(builder -> builder.strict());

    @Test
    void theCacheIsTheTestsAndBuiltAsItSays(TestCache test) throws Exception {
      assertThat(taskcache.get()).isSameAs(test);
      assertThat(test.cache().getOrRun(train().build(), () -> auc(0.5)).write())
          .isInstanceOf(WriteOutcome.TooLarge.class);
    }
  }

  @Nested
  class InAStaticField {
    @RegisterExtension static final TaskCacheExtension TASKCACHE = TaskCacheExtension.inMemory();

    @Test
    void onlyParametersTellWhoseCacheItIs(TestCache test) {
      assertThat(test.cache()).isNotNull();
      assertThatThrownBy(TASKCACHE::get)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a parameter of type TestCache");
    }
  }

  @Test
  void outsideOfATestThereIsNone() {
    assertThatThrownBy(() -> TaskCacheExtension.inMemory().get())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no test is running");
  }
}
