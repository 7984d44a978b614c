package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.flyte.FlyteDifference.Kind;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where Flyte's two caches part; each kind is produced here, and shown to be true of the keys. */
class FlyteAgreementTest {
  private static final String NUMBER = "{\"type\": {\"simple\": \"INTEGER\"}}";
  private static final Set<Kind> PRODUCED = EnumSet.noneOf(Kind.class);

  private static FlyteCacheKey key(String task, String literals) {
    FlyteCacheKey key =
        FlyteCacheKey.fromJson("{\"task\": {" + task + "}, \"literals\": {" + literals + "}}");
    key.differences().forEach(each -> PRODUCED.add(each.kind()));
    return key;
  }

  private static String task(String version, String outputs) {
    return "\"name\": \"t\", \"cacheVersion\": \"" + version + "\", \"outputs\": {" + outputs + "}";
  }

  private static Set<Kind> kinds(FlyteCacheKey key) {
    Set<Kind> kinds = new TreeSet<>();
    key.differences().forEach(each -> kinds.add(each.kind()));
    return kinds;
  }

  private static final String RESULT = "\"o0\": " + NUMBER;

  @Test
  void aTaskWithoutOutputsDisagreesNow() {
    FlyteCacheKey key = key(task("1", ""), "");
    assertThat(key.agree()).isFalse();
    assertThat(kinds(key)).containsExactly(Kind.VOID_TASK, Kind.PROJECT_AND_DOMAIN);
    assertThat(key(task("1", RESULT), "").agree()).isTrue();
  }

  @Test
  void aSerializedTaskDisagreesNow() {
    FlyteCacheKey key = FlyteFiles.task("container").key(FlyteFiles.literals("{}"));
    key.differences().forEach(each -> PRODUCED.add(each.kind()));
    assertThat(kinds(key)).contains(Kind.SERIALIZE);
    assertThat(key.agree()).isFalse();
  }

  @Test
  void aTypeAndADescriptionAreRemoteOnly() {
    FlyteCacheKey number = key(task("1", RESULT), "");
    assertThat(kinds(number)).containsExactly(Kind.PROJECT_AND_DOMAIN, Kind.INTERFACE);
    FlyteCacheKey text = key(task("1", RESULT.replace("INTEGER", "STRING")), "");
    assertRemoteOnly(number, text);
    FlyteCacheKey described =
        key(task("1", RESULT.replace("}}", "}, \"description\": \"the number\"}")), "");
    assertThat(kinds(described)).contains(Kind.DESCRIPTIONS);
    assertThat(described.differences().toString()).contains("[outputs.o0]");
    assertRemoteOnly(number, described);
  }

  private static void assertRemoteOnly(FlyteCacheKey a, FlyteCacheKey b) {
    assertThat(a.datasetVersion()).isNotEqualTo(b.datasetVersion());
    assertThat(a.localKey()).isEqualTo(b.localKey());
  }

  private static void assertLocalOnly(FlyteCacheKey a, FlyteCacheKey b) {
    assertThat(a.datasetVersion()).isEqualTo(b.datasetVersion());
    assertThat(a.tag()).isEqualTo(b.tag());
    assertThat(a.localKey()).isNotEqualTo(b.localKey());
  }

  @Test
  void spacesAroundTheVersionAreLocalOnly() {
    FlyteCacheKey spaced = key(task(" 1", RESULT), "");
    assertThat(kinds(spaced)).contains(Kind.VERSION_SPACES);
    assertLocalOnly(spaced, key(task("1", RESULT), ""));
  }

  @Test
  void aDashMakesTheLocalKeyAmbiguous() {
    FlyteCacheKey one = key(task("1-2", RESULT), "");
    FlyteCacheKey other = key(task("2", RESULT).replace("\"t\"", "\"t-1\""), "");
    assertThat(kinds(one)).contains(Kind.LOCAL_KEY_AMBIGUOUS);
    assertThat(kinds(other)).contains(Kind.LOCAL_KEY_AMBIGUOUS);
    assertThat(one.localKey()).isEqualTo(other.localKey());
    assertThat(one.cacheKey()).isNotEqualTo(other.cacheKey());
  }

  @Test
  void theSignOfZeroIsLocalOnly() {
    String zero = "\"x\": {\"scalar\": {\"primitive\": {\"floatValue\": -0.0}}}";
    FlyteCacheKey minus = key(task("1", RESULT), zero);
    assertThat(minus.differences().toString())
        .contains("literals.x.scalar.primitive.floatValue is -0.0");
    assertLocalOnly(minus, key(task("1", RESULT), zero.replace("-", "")));
  }

  @Test
  void aNumberThatIsNoneInAStructIsLocalOnly() {
    Message struct =
        Message.empty(CommonMessages.STRUCT)
            .set(
                "fields",
                java.util.Map.of(
                    "k", Message.empty(CommonMessages.VALUE).set("number_value", Double.NaN)));
    Message literal =
        Message.empty("Literal").set("scalar", Message.empty("Scalar").set("generic", struct));
    FlyteCacheKey number =
        FlyteFiles.task("void").key(new FlyteLiterals(java.util.Map.of("x", literal)));
    number.differences().forEach(each -> PRODUCED.add(each.kind()));
    assertThat(kinds(number)).contains(Kind.NOT_A_NUMBER);
    FlyteLiterals text =
        FlyteFiles.literals(
            "{\"literals\": {\"x\": {\"scalar\": {\"generic\": {\"k\": \"NaN\"}}}}}");
    assertLocalOnly(number, FlyteFiles.task("void").key(text));
  }

  @Test
  void everyKindIsProduced() {
    PRODUCED.clear();
    aTaskWithoutOutputsDisagreesNow();
    aSerializedTaskDisagreesNow();
    aTypeAndADescriptionAreRemoteOnly();
    spacesAroundTheVersionAreLocalOnly();
    aDashMakesTheLocalKeyAmbiguous();
    theSignOfZeroIsLocalOnly();
    aNumberThatIsNoneInAStructIsLocalOnly();
    assertThat(PRODUCED).containsExactlyInAnyOrder(Kind.values());
  }
}
