package dev.taskcache.flyte;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.key.InvalidRequestException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is refused, with its place. */
class FlyteRefusalsTest {
  @Test
  void jsonWithItsPath() {
    Map<String, String> cases =
        Map.ofEntries(
            Map.entry("{\"literals\": {", "not JSON"),
            Map.entry("", "must be a JSON object"),
            Map.entry("null", "must be a JSON object"),
            Map.entry("{} {}", "something follows"),
            Map.entry("{\"literals\": []}", "literals: must be a JSON object of names"),
            Map.entry("{\"literals\": {\"a\": null}}", "literals.a: must not be null"),
            Map.entry("{\"literals\": {\"a\": {}, \"a\": {}}}", "not JSON: Duplicate field 'a'"),
            Map.entry(
                a("\"x\": 1"), "literals.a.x: Literal of Flyte has no such field; it has [scalar"),
            Map.entry(
                a("\"scalar\": {}, \"map\": {}"),
                "literals.a.map: cannot be there together with scalar"),
            Map.entry(
                a("\"offloadedMetadata\": {}, \"offloaded_metadata\": {}"),
                "literals.a.offloaded_metadata: is there twice"),
            Map.entry(a("\"hash\": 5"), "literals.a.hash: must be a text"),
            Map.entry(a("\"hash\": \"\\ud800\""), "literals.a.hash: the text has a lone surrogate"),
            Map.entry(
                a("\"collection\": {\"literals\": [{}, null]}"),
                "literals.a.collection.literals[1]: must not be null"),
            Map.entry(p("\"integer\": 1.5"), "integer: must be a whole number, not 1.5"),
            Map.entry(
                p("\"integer\": \"9223372036854775808\""),
                "integer: must be from -9223372036854775808 to"),
            Map.entry(p("\"integer\": 1e999999999"), "integer: must be from"),
            Map.entry(p("\"integer\": 1e-999999999"), "integer: must be a whole number"),
            Map.entry(p("\"integer\": \"0x1\""), "integer: is not a number that fits: \"0x1\""),
            Map.entry(p("\"integer\": true"), "integer: must be a number"),
            Map.entry(p("\"floatValue\": 1e999"), "floatValue: is beyond what a double holds"),
            Map.entry(p("\"floatValue\": \"nan\""), "floatValue: is not a number"),
            Map.entry(p("\"floatValue\": NaN"), "not JSON"),
            Map.entry(p("\"boolean\": \"true\""), "boolean: must be true or false"),
            Map.entry(
                p("\"datetime\": \"2019-03-29\""), "datetime: must be a point in time such as"),
            Map.entry(
                p("\"datetime\": \"2019-02-30T00:00:00Z\""), "datetime: there is no such point"),
            Map.entry(
                p("\"datetime\": \"0000-01-01T00:00:00Z\""),
                "datetime: must be in the years 0001 to 9999"),
            Map.entry(p("\"duration\": \"1\""), "duration: must be a duration such as"),
            Map.entry(p("\"duration\": \"315576000001s\""), "duration: must be from"),
            Map.entry(s("\"binary\": {\"value\": \"*\"}"), "binary.value: must be base64"),
            Map.entry(s("\"generic\": []"), "generic: must be a JSON object"),
            Map.entry(
                s("\"blob\": {\"metadata\": {\"type\": {\"dimensionality\": \"BOTH\"}}}"),
                "dimensionality: must be one of [SINGLE, MULTIPART]"));
    cases.forEach(
        (json, words) ->
            assertThatThrownBy(() -> FlyteFiles.literals(json))
                .as(json)
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .contains(words));
  }

  private static String a(String fields) {
    return "{\"literals\": {\"a\": {" + fields + "}}}";
  }

  private static String s(String fields) {
    return a("\"scalar\": {" + fields + "}");
  }

  private static String p(String fields) {
    return s("\"primitive\": {" + fields + "}");
  }

  @Test
  void bytesWithTheirPath() {
    Map<String, String> cases =
        Map.ofEntries(
            Map.entry("0a", "literals: not protobuf"),
            Map.entry("0a05", "literals: not protobuf"),
            Map.entry("00", "not protobuf"),
            Map.entry("1200", "has a field 2, which LiteralMap of Flyte does not have"),
            Map.entry("0801", "literals: is written as wire type 0 and must be 2"),
            Map.entry("0a020a01", "literals: not protobuf"),
            Map.entry("0a030a01ff", "literals: not protobuf: Protocol message had invalid UTF-8"),
            Map.entry("0a021a00", "literals[\"\"]: has a field 3, which an entry"),
            Map.entry("0a050a016112021a00", "not protobuf"),
            Map.entry("0a070a016112023a00", "literals.a: has a field 7, which Literal"),
            Map.entry("0a0a0a016112050a030a0100", "not protobuf"));
    cases.forEach(
        (hex, words) ->
            assertThatThrownBy(
                    () -> FlyteTaskReader.protobuf().literals(HexFormat.of().parseHex(hex)))
                .as(hex)
                .isInstanceOf(InvalidRequestException.class)
                .message()
                .contains(words));
  }

  @Test
  void whatFlytesOwnWriterFailsOn() {
    Message time = Message.empty(CommonMessages.TIMESTAMP).set("nanos", 1_000_000_000L);
    assertRefused(scalar("primitive", Message.empty("Primitive").set("datetime", time)), "years");
    Message none =
        Message.empty(CommonMessages.STRUCT)
            .set("fields", Map.of("k", Message.empty(CommonMessages.VALUE)));
    assertRefused(scalar("generic", none), "literals.a.scalar.generic.fields.k: a Value must be");
    Message duration = Message.empty(CommonMessages.DURATION).set("seconds", 1L).set("nanos", -1L);
    assertRefused(
        scalar("primitive", Message.empty("Primitive").set("duration", duration)), "same sign");
  }

  private static Message scalar(String field, Message value) {
    Message scalar = Message.empty("Scalar").set(field, value);
    return Message.empty("LiteralMap")
        .set("literals", Map.of("a", Message.empty("Literal").set("scalar", scalar)));
  }

  private static void assertRefused(Message map, String words) {
    assertThatThrownBy(() -> FlyteTaskReader.protobuf().literals(WireForm.write(map)))
        .isInstanceOf(InvalidRequestException.class)
        .message()
        .contains(words);
  }

  @Test
  void tasksAndNodes() {
    FlyteTaskReader json = FlyteTaskReader.json();
    assertThatThrownBy(() -> json.task(FlyteFiles.utf8("{}")))
        .hasMessage("id.name: is missing; give the name that the task is registered by");
    assertThatThrownBy(() -> json.taskSpec(FlyteFiles.utf8("{}")))
        .hasMessageStartingWith("template.id.name: is missing");
    assertThatThrownBy(() -> json.task(new byte[] {'"', (byte) 0xe4, '"'}))
        .hasMessageContaining("FlyteTaskReader.protobuf()");
    assertThatThrownBy(
            () ->
                json.task(
                    FlyteFiles.utf8(
                        "{\"id\": {\"name\": \"t\"}, \"container\": {\"image\": \"@x\"}}")))
        .hasMessageStartingWith("container.image: ");
    assertThatThrownBy(() -> json.node(FlyteFiles.utf8("{\"metadata\": {\"cacheble\": true}}")))
        .hasMessageStartingWith("metadata.cacheble: NodeMetadata of Flyte has no such field");
    assertThatThrownBy(
            () ->
                json.task(
                    FlyteFiles.utf8(
                        "{\"id\": {\"name\": \"t\"}, \"interface\": {\"outputs\": {\"variables\":"
                            + " {\"\": {}}}}}")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("interface.");
  }

  @Test
  void nestingAndSize() {
    String deep = "{\"collection\":{\"literals\":[".repeat(300);
    String json = "{\"literals\":{\"a\":" + deep + "{}" + "]}}".repeat(300) + "}}";
    assertThatThrownBy(() -> FlyteFiles.literals(json))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("literals.a.collection.literals[0].collection.literals[0]")
        .hasMessageContaining("nested deeper than 500 messages");
    String struct = "{\"a\":".repeat(400) + "1" + "}".repeat(400);
    assertThatThrownBy(() -> FlyteFiles.literals(s("\"generic\":" + struct)))
        .hasMessageStartingWith("literals.a.scalar.generic.a.a.a")
        .hasMessageContaining("nested deeper than 500 messages");
    Message literal = Message.empty("Literal").set("hash", "x");
    for (int i = 0; i < 300; i++) {
      Message list = Message.empty("LiteralCollection").set("literals", List.of(literal));
      literal = Message.empty("Literal").set("collection", list);
    }
    Message map = Message.empty("LiteralMap").set("literals", Map.of("a", literal));
    assertRefused(map, "literals.a.collection.literals[0].collection.literals[0]");
    assertRefused(map, "nested deeper than 500 messages");
    String many = "{},".repeat(Limits.MOST_VALUES) + "{}";
    assertThatThrownBy(() -> FlyteFiles.literals(a("\"collection\":{\"literals\":[" + many + "]}")))
        .hasMessageStartingWith("literals.a.collection.literals[")
        .hasMessageContaining("the document has more than 1000000 values");
    byte[] entries = new byte[2 * (Limits.MOST_VALUES + 1)]; // each of them 0a 00, and empty
    for (int i = 0; i < entries.length; i += 2) {
      entries[i] = 0x0a;
    }
    assertThatThrownBy(() -> FlyteTaskReader.protobuf().literals(entries))
        .hasMessageContaining("the document has more than 1000000 values");
    assertThatThrownBy(() -> FlyteTaskReader.protobuf().literals(new byte[Limits.MOST_BYTES + 1]))
        .hasMessageStartingWith("is longer than 67108864 bytes");
    assertThat(
            FlyteFiles.literals(
                    "{\"literals\":{\"a\":"
                        + "{\"collection\":{\"literals\":[".repeat(200)
                        + "{}"
                        + "]}}".repeat(200)
                        + "}}")
                .values())
        .hasSize(1);
  }

  /** The least stack that this JVM gives a thread is enough for a result or a refusal. */
  @Test
  void aSmallStackIsNoError() throws InterruptedException {
    String list = "{\"collection\":{\"literals\":[";
    String deep = list.repeat(240) + "{}" + "]}}".repeat(240);
    String request =
        "{\"task\":{\"name\":\"t\",\"cacheVersion\":\"1\"},\"literals\":{\"a\":" + deep + "}}";
    Message map =
        JsonMessages.read(FlyteMessages.of("LiteralMap"), "{\"literals\":{\"a\":" + deep + "}}");
    byte[] bytes = WireForm.write(map);
    FlyteLiterals literals = new FlyteLiterals(map.map("literals"));
    List<Runnable> steps =
        List.of(
            () -> FlyteCacheKey.fromJson(request),
            () -> FlyteTaskReader.protobuf().literals(bytes),
            literals::values,
            () -> FlyteFiles.task("void").key(literals));
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    for (Runnable step : steps) {
      step.run(); // loads the classes, which needs stack, too
      Thread thread = new Thread(null, step, "small", 1);
      thread.setUncaughtExceptionHandler((in, failure) -> failures.add(failure));
      thread.start();
      thread.join();
    }
    assertThat(failures).allMatch(InvalidRequestException.class::isInstance);
    assertThat(failures).allMatch(each -> each.getMessage().contains("this thread's stack"));
  }
}
