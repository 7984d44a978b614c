package dev.taskcache.testing;

import static dev.taskcache.testing.Samples.auc;
import static dev.taskcache.testing.Samples.task;
import static dev.taskcache.testing.TaskCacheAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.TaskIdentity;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is asserted of all that a cache decided, and what failures say. */
class RunAssertTest {
  @RegisterExtension final TaskCacheExtension taskcache = TaskCacheExtension.inMemory();

  private RecordingListener ask(TaskRequest.Builder request) throws InterruptedException {
    taskcache.get().cache().getOrRun(request.build(), () -> auc(0.5));
    return taskcache.get().events();
  }

  private RecordingListener pipeline() throws InterruptedException {
    taskcache.get().given(task("load").build()).returns(auc(0.1));
    taskcache.get().given(task("train").input("rate", 0.01).build()).returns(auc(0.1));
    ask(task("load"));
    ask(task("train").input("rate", 0.02));
    ask(task("train").input("rate", 0.02));
    return ask(task("mail").options(CachingOptions.builder().mode(Mode.OFF).build()));
  }

  @Test
  void whatRanAndWhatDidNot() throws Exception {
    assertThat(pipeline())
        .task("train")
        .ranOnce()
        .task("load")
        .didNotRun()
        .task("load")
        .hit()
        .task("mail")
        .ran(1)
        .task("evaluate")
        .wasNotAskedFor()
        .task("train")
        .missedBecause(Reason.INPUT_CHANGED, "rate")
        .noMissesExcept("train");
  }

  @Test
  void aTaskThatRanTooOftenIsShownWithItsDecisions() throws Exception {
    RecordingListener events = pipeline();

    assertThatThrownBy(() -> assertThat(events).task("load").ranOnce())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected load to run 1 times, and it ran 0 times")
        .hasMessageContaining("load: ENTRY_FOUND");
    assertThatThrownBy(() -> assertThat(events).task("train").didNotRun())
        .hasMessageContaining("Expected train to run 0 times, and it ran 1 times")
        .hasMessageContaining("train: NO_ENTRY, input \"rate\" changed");
    assertThatThrownBy(() -> assertThat(events).task("train").hit())
        .hasMessageContaining("Expected train to be a hit");
    assertThatThrownBy(() -> assertThat(events).task("train").wasNotAskedFor())
        .hasMessageContaining("Expected train not to be asked for");
  }

  @Test
  void aTaskThatNobodyAskedForIsNoSuccess() throws Exception {
    RecordingListener events = pipeline();

    assertThatThrownBy(() -> assertThat(events).task("trian").didNotRun())
        .hasMessageContaining("Expected decisions about trian")
        .hasMessageContaining("[load, mail, train]");
  }

  @Test
  void aMissForAnotherReasonIsShown() throws Exception {
    RecordingListener events = pipeline();

    assertThatThrownBy(
            () -> assertThat(events).task("train").missedBecause(Reason.INPUT_CHANGED, "epochs"))
        .hasMessageContaining("INPUT_CHANGED in [epochs]")
        .hasMessageContaining("of train")
        .hasMessageContaining("input \"rate\" changed");
    assertThatThrownBy(() -> assertThat(events).task("load").missedBecause(Reason.NO_ENTRY))
        .hasMessageContaining("Expected load to miss because of NO_ENTRY");
  }

  @Test
  void missesThatAreNotAllowedAreShownWithTheirExplanations() throws Exception {
    RecordingListener events = pipeline();

    assertThatThrownBy(() -> assertThat(events).noMissesExcept("load"))
        .hasMessageContaining("Expected no misses except of [load]")
        .hasMessageContaining("train: NO_ENTRY, input \"rate\" changed")
        .hasMessageNotContaining("mail");
    assertThatThrownBy(() -> assertThat(events).noMisses())
        .hasMessageContaining("Expected no misses, and there are");
  }

  @Test
  void nothingAtAllIsNotARunWithoutMisses() {
    assertThatThrownBy(() -> assertThat(taskcache.get().events()).noMisses())
        .hasMessageContaining("none at all");
  }

  @Test
  void oneRunOfSeveral() throws Exception {
    ask(task("train").identity(new TaskIdentity("p", "7", "train")));
    ask(task("train").identity(new TaskIdentity("p", "8", "train")));

    assertThat(taskcache.get().events()).ofRun("7").task("train").ranOnce();
    assertThat(taskcache.get().events()).ofRun("8").noMisses();
    assertThatThrownBy(() -> assertThat(taskcache.get().events()).ofRun("9").noMisses())
        .hasMessageContaining("none at all");
  }
}
