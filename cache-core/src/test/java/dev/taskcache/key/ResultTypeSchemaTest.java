package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.key.ValueType.ListType;
import dev.taskcache.key.ValueType.OptionalType;
import dev.taskcache.key.ValueType.RecordType;
import dev.taskcache.key.ValueType.RefType;
import dev.taskcache.key.ValueType.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a schema made from a Java type says, and what it does not. */
class ResultTypeSchemaTest {
  private record Row(int a, String b) {}

  private record Report(List<Row> rows, Optional<String> note) {}

  private record Line(String b, int a) {}

  private record Summary(Optional<String> note, List<Line> rows) {}

  private record LongerRow(int a, String b, boolean c) {}

  private record LongerReport(List<LongerRow> rows, Optional<String> note) {}

  private record Node(Optional<Node> next) {}

  private record Link(Optional<Link> next) {}

  private static OutputSchema schema(Class<?> type) {
    return ResultType.of(type).schema();
  }

  @Test
  void aSchemaFromAJavaTypeEqualsTheDeclaredOne() {
    ValueType row = new RecordType(Map.of("a", Scalar.INT, "b", Scalar.TEXT));
    ValueType report =
        new RecordType(Map.of("rows", new ListType(row), "note", new OptionalType(Scalar.TEXT)));
    OutputSchema declared = OutputSchema.of(Map.of("result", report));
    assertThat(schema(Report.class)).isEqualTo(declared).hasSameHashCodeAs(declared);
    assertThat(schema(Report.class).digest()).isEqualTo(declared.digest());
  }

  @Test
  void aRecursiveSchemaFromAJavaTypeEqualsTheDeclaredOne() {
    OutputSchema declared =
        OutputSchema.of(
            Map.of("result", new RefType("anything")),
            Map.of(
                "anything",
                new RecordType(Map.of("next", new OptionalType(new RefType("anything"))))));
    assertThat(schema(Node.class)).isEqualTo(declared);
  }

  @Test
  void renamingARecordOrMovingItsComponentsChangesNothing() {
    assertThat(schema(Summary.class)).isEqualTo(schema(Report.class));
    assertThat(schema(Link.class)).isEqualTo(schema(Node.class));
  }

  @Test
  void addingANestedFieldChangesTheSchemaAndItsDigest() {
    assertThat(schema(LongerReport.class)).isNotEqualTo(schema(Report.class));
    assertThat(schema(LongerReport.class).digest()).isNotEqualTo(schema(Report.class).digest());
  }
}
