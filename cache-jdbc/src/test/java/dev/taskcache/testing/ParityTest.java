package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.explain.Reason;
import dev.taskcache.jdbc.DatabaseForParity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every situation has the answers that the table says, in each kind of store and through each way
 * to ask; {@code docs/parity.md} is that table.
 */
class ParityTest {
  /** What no situation can bring about through both ways of asking, and what tests it. */
  private static final Set<Reason> ELSEWHERE =
      EnumSet.of(Reason.WAIT_TIMED_OUT); // A caller of getOrRun alone: WhenWaitEndsTest.

  private static final List<DatabaseForParity> DATABASES = new ArrayList<>();
  private static final List<Stage> STAGES = new ArrayList<>(List.of(new Stage.Memory()));

  @BeforeAll
  static void openDatabases() {
    DATABASES.add(DatabaseForParity.sqlite());
    STAGES.add(new Stage.Database("on SQLite", DATABASES.get(0).store()));
    DATABASES.add(DatabaseForParity.postgresql());
    STAGES.add(new Stage.Database("on PostgreSQL", DATABASES.get(1).store()));
  }

  @AfterAll
  static void closeDatabases() throws Exception {
    for (DatabaseForParity each : DATABASES) {
      each.close();
    }
  }

  private static Stream<Situation> situations() {
    return Situations.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void isAnsweredAlikeEverywhere(Situation situation) throws Exception {
    List<String> first = null;
    for (Stage stage : STAGES) {
      for (Face face : Face.values()) {
        Scene.Record played = play(situation, stage, face);
        assertThat(played.lines())
            .as("%s, %s", stage, face)
            .containsExactlyElementsOf(situation.expected(face));
        first = first == null ? played.details() : first;
        if (!situation.differs()) {
          assertThat(played.details()).as("%s, %s", stage, face).isEqualTo(first);
        }
      }
    }
  }

  private static Scene.Record play(Situation situation, Stage stage, Face face) throws Exception {
    try (Scene scene = new Scene(stage, face)) {
      return scene.play(situation);
    }
  }

  @Test
  void thereAreMany() {
    assertThat(Situations.all()).hasSizeGreaterThan(100);
    assertThat(Situations.all().stream().map(Situation::name)).doesNotHaveDuplicates();
  }

  @Test
  void theDefectsOfOthersAreAmongThem() {
    String names = Situations.all().stream().map(Situation::name).collect(Collectors.joining("\n"));
    for (int defect : new int[] {12, 13, 16, 17}) {
      assertThat(names).containsPattern("defects?[^)]*\\b" + defect + "\\b");
    }
  }

  @Test
  void fewDifferAndTheirNamesSayWhy() {
    assertThat(Situations.all().stream().filter(Situation::differs).map(Situation::name))
        .containsExactly(
            "the store is down: who has no lease cannot publish in steps",
            "the store is down when the lease is claimed: the same");
  }

  @Test
  void everyReasonIsAmongThem() {
    String answers =
        Situations.all().stream()
            .flatMap(each -> each.expected(Face.GET_OR_RUN).stream())
            .collect(Collectors.joining("\n"));
    assertThat(Stream.of(Reason.values()).filter(each -> !ELSEWHERE.contains(each)))
        .as("add a situation for a new reason, or name it in ELSEWHERE with the test that has it")
        .allSatisfy(reason -> assertThat(answers).containsPattern("\\b" + reason + "\\b"));
  }

  @Test
  void nothingIsLeftInTheDatabases() throws Exception {
    play(Situations.all().get(0), STAGES.get(1), Face.GET_OR_RUN);

    assertThat(DATABASES.get(0).rows()).isZero();
  }
}
