package dev.taskcache.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.CacheDecision;
import dev.taskcache.LeaseToken;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskCacheBuilder;
import dev.taskcache.TaskRequest;
import dev.taskcache.WhenWaitEnds;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.key.ValueType;
import dev.taskcache.policy.ArtifactVerifier;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What went wrong with other systems' stores of results, and does not with ours. */
class JdbcPeerDefectsTest {
  private static final int TASK = 1;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static JdbcStore open(TestDatabase database) {
    JdbcStore store = JdbcStore.builder(database.url()).build();
    store.schema().migrate();
    return store;
  }

  private static TaskCacheBuilder cache(JdbcStore store) {
    return TaskCache.builder(store).longestWait(PATIENCE).whenWaitEnds(WhenWaitEnds.FAIL);
  }

  private static TaskRequest request() {
    return WorkerRequests.of(TASK, "here");
  }

  private static Outcome<Outputs> run(TaskCache cache, String result) throws InterruptedException {
    return cache.getOrRun(request(), () -> WorkerRequests.outputs(result));
  }

  private static Outcome<Outputs> hit(TaskCache cache) throws InterruptedException {
    return cache.getOrRun(
        request(),
        () -> {
          throw new AssertionError("the task must not run");
        });
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void defect18AnEntryThatCannotBeReadIsAMissAndIsReplaced(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database)) {
      TaskCache cache = cache(store).build();
      run(cache, "the first");
      byte[] sound = payload(database);
      byte[] unknownVersion = sound.clone();
      unknownVersion[0] = 9;
      byte[] altered = sound.clone();
      altered[altered.length - 4] ^= 1;
      List<byte[]> damaged =
          Arrays.asList(
              unknownVersion,
              altered,
              Arrays.copyOf(sound, sound.length / 2),
              new byte[0],
              "not even JSON".getBytes(),
              null);
      for (byte[] each : damaged) {
        setPayload(database, each);
        String result = "instead of " + Arrays.toString(each);

        Outcome<Outputs> outcome = run(cache, result);

        assertThat(outcome.decision().reason()).as(result).isEqualTo(Reason.ENTRY_DAMAGED);
        assertThat(outcome.write()).as(result).isInstanceOf(WriteOutcome.Stored.class);
        assertThat(WorkerRequests.value(hit(cache).value())).isEqualTo(result);
      }
    }
  }

  private static byte[] payload(TestDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT payload FROM taskcache_entry")) {
      row.next();
      return row.getBytes(1);
    }
  }

  private static void setPayload(TestDatabase database, byte[] payload) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE taskcache_entry SET payload = ?")) {
      statement.setBytes(1, payload);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void defect19AnEntryIsSeenWhenAllOfItIsThere(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        JdbcStore another = JdbcStore.builder(database.url()).build();
        Connection host = database.dataSource().getConnection()) {
      host.setAutoCommit(false);
      TaskCache cache = cache(store).build();
      TaskCache elsewhere = cache(another).build();
      LeaseToken token = ((CacheDecision.Miss) cache.decide(request())).token().orElseThrow();

      assertThat(cache.publish(token, WorkerRequests.outputs("x"), store.in(host)))
          .isInstanceOf(WriteOutcome.Stored.class);
      assertNothingIsSeen(elsewhere, another);
      host.rollback();
      assertNothingIsSeen(elsewhere, another);

      cache.publish(token, WorkerRequests.outputs("x"), store.in(host));
      host.commit();
      assertThat(WorkerRequests.value(hit(elsewhere).value())).isEqualTo("x");
      assertThat(another.summary(WorkerRequests.id(TASK))).isPresent();
    }
  }

  private static void assertNothingIsSeen(TaskCache cache, JdbcStore store) {
    assertThat(cache.peek(request()).reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
    assertThat(cache.plan(List.of(request())).get(0).reason()).isEqualTo(Reason.RUNNING_ELSEWHERE);
    assertThat(store.summary(WorkerRequests.id(TASK))).isEmpty();
    assertThat(store.earlier(TaskRequest.DEFAULT_NAMESPACE, "count", 64)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void defect20AKilledOwnerDoesNotBlockOthersForEver(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker owner = new Worker(new WorkerSettings(database, "owner", Duration.ofSeconds(1)))) {
      owner.expect("ready");
      owner.ask(0, TASK);
      owner.expect("begin");
      owner.kill();

      Outcome<Outputs> outcome = run(cache(store).build(), "ours");

      assertThat(WorkerRequests.value(outcome.value())).isEqualTo("ours");
      assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void defect21WhoeverWaitedLooksAgainBeforeItRuns(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker owner = new Worker(new WorkerSettings(database, "owner", PATIENCE))) {
      owner.expect("ready");
      owner.ask(0, TASK);
      owner.expect("begin");
      TaskCache cache = cache(store).build();
      FutureTask<Outcome<Outputs>> second = new FutureTask<>(() -> hit(cache));
      Thread thread = new Thread(second);
      thread.start();
      Until.holds("the second caller waits", () -> isIn(thread, Wait.class));
      owner.go(0);

      Outcome<Outputs> outcome = second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      assertThat(WorkerRequests.value(outcome.value())).isEqualTo("owner/0");
      assertThat(outcome.decision().reason()).isEqualTo(Reason.RUN_BY_ANOTHER);
      assertThat(owner.expect("end").word(4)).isEqualTo("Stored");
    }
  }

  private static boolean isIn(Thread thread, Class<?> type) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(type.getName()));
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void defect22HitsOnOneKeyWriteNothingAndWaitForNoWriter(TestDatabase database) throws Exception {
    int threads = 8;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (JdbcStore store = open(database);
        Connection writer = database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      TaskCache cache = cache(store).build();
      run(cache, "hot");
      TriggerLog log = TriggerLog.on(database);
      writer.setAutoCommit(false);
      statement.execute("UPDATE taskcache_entry SET uses = 7");

      List<Future<Outcome<Outputs>>> hits = new ArrayList<>();
      for (int i = 0; i < threads * 50; i++) {
        hits.add(executor.submit(() -> hit(cache)));
      }
      for (Future<Outcome<Outputs>> each : hits) {
        Outcome<Outputs> outcome = each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(WorkerRequests.value(outcome.value())).isEqualTo("hot");
      }
      writer.rollback();
      assertThat(log.count("1 = 1")).as("changes of rows").isZero();
    } finally {
      executor.shutdownNow();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void defect23ThatThereWasNothingIsNotRemembered(TestDatabase database) throws Exception {
    try (JdbcStore store = open(database);
        Worker other = new Worker(new WorkerSettings(database, "other", PATIENCE))) {
      TaskCache cache = cache(store).build();
      assertThat(cache.peek(request()).reason()).isEqualTo(Reason.NO_ENTRY);
      assertThat(cache.plan(List.of(request())).get(0).reason()).isEqualTo(Reason.NO_ENTRY);

      other.expect("ready");
      other.await(0, TASK, Duration.ZERO);
      other.expect("begin");
      assertThat(other.expect("end").word(4)).isEqualTo("Stored");

      assertThat(cache.peek(request()).reason()).isEqualTo(Reason.ENTRY_FOUND);
      assertThat(cache.plan(List.of(request())).get(0).reason()).isEqualTo(Reason.ENTRY_FOUND);
      assertThat(WorkerRequests.value(hit(cache).value())).isEqualTo("other/0");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.taskcache.jdbc.TestDatabase#all")
  void defect24ADeadEntryIsReplacedByARunThatGivesSomethingElse(TestDatabase database)
      throws Exception {
    TaskRequest request =
        TaskRequest.builder(ComponentSpec.named("train"))
            .version("1")
            .outputs(OutputSchema.of(Map.of("model", new ValueType.ArtifactType("Model"))))
            .build();
    Outputs gone = model("0a");
    Outputs other = model("0b");
    ArtifactVerifier verifier =
        (artifacts, level) ->
            artifacts.equals(gone.artifacts())
                ? Optional.of(new ArtifactVerifier.Fault(Reason.OUTPUT_MISSING, "it is gone"))
                : Optional.empty();
    try (JdbcStore store = open(database)) {
      cache(store).build().getOrRun(request, () -> gone);
      TaskCache cache = cache(store).verify(verifier).build();

      Outcome<Outputs> outcome = cache.getOrRun(request, () -> other);

      assertThat(outcome.decision().reason()).isEqualTo(Reason.OUTPUT_MISSING);
      assertThat(outcome.write()).isInstanceOf(WriteOutcome.Stored.class);
      Outcome<Outputs> next = cache.getOrRun(request, () -> gone);
      assertThat(next.decision().reason()).isEqualTo(Reason.ENTRY_FOUND);
      assertThat(next.value()).isEqualTo(other);
    }
  }

  private static Outputs model(String digits) {
    String digest = "sha256:" + digits.repeat(32);
    return Outputs.of(
        Map.of(
            "model",
            new InputValue.Artifact("Model", digest, "s3://models/it", InputValue.MapValue.EMPTY)));
  }
}
