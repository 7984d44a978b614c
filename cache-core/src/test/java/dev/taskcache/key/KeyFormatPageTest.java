package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.ValueType.OptionalType;
import dev.taskcache.key.ValueType.RecordType;
import dev.taskcache.key.ValueType.RefType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples of the key format's page, each through the encoder. */
class KeyFormatPageTest {
  private static final String PAGE = read(Path.of("../docs/key-format.md"));
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-f]{2})+");

  private record Example(String json, String hex) {}

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of the table whose heading ends with these columns: JSON there, hex at the end. */
  private static List<Example> table(int section, int jsonColumn) {
    String text = PAGE.substring(PAGE.indexOf("\n## " + section + ". "));
    String table = text.substring(text.indexOf("bytes (hex) |"));
    List<Example> examples = new ArrayList<>();
    for (String line : table.substring(0, table.indexOf("\n\n")).lines().skip(2).toList()) {
      String[] cells = line.split(" *\\| *", -1);
      Matcher json = CODE.matcher(cells[jsonColumn]);
      Matcher hex = CODE.matcher(cells[cells.length - 2]);
      if (json.find() && hex.find() && HEX.matcher(hex.group(1)).matches()) {
        examples.add(new Example(json.group(1), hex.group(1)));
      }
    }
    return examples;
  }

  private static Stream<DynamicTest> tests(
      List<Example> examples, int least, Function<String, byte[]> encoder) {
    assertThat(examples).as("examples that the page has").hasSizeGreaterThanOrEqualTo(least);
    return examples.stream()
        .map(
            example ->
                dynamicTest(
                    example.json(),
                    () ->
                        assertThat(HexFormat.of().formatHex(encoder.apply(example.json())))
                            .isEqualTo(example.hex())));
  }

  private static String codeAfter(String text) {
    assertThat(PAGE).contains(text);
    Matcher code = CODE.matcher(PAGE.substring(PAGE.indexOf(text) + text.length()));
    assertThat(code.find()).isTrue();
    return code.group(1);
  }

  @TestFactory
  Stream<DynamicTest> everyValueInTheTableHasItsBytes() {
    return tests(table(3, 3), 30, json -> CanonicalWriter.encode(JsonForm.read(json)));
  }

  @TestFactory
  Stream<DynamicTest> everyTypeInTheTableHasItsBytes() {
    return tests(
        table(6, 1),
        8,
        json -> {
          ValueType type = ValueType.read(JsonForm.parse(json), Place.root());
          return CanonicalWriter.encodeTypes(ValueTypeForm.write(type));
        });
  }

  @Test
  void theComponentHasItsBytes() {
    String json = "{\"name\":\"train\",\"args\":[\"--epochs\",\"3\"]}";
    assertThat(ComponentSpec.builder().name("train").args(List.of("--epochs", "3")).build())
        .extracting(spec -> HexFormat.of().formatHex(spec.document()))
        .isEqualTo(codeAfter("`" + json + "` is"));
  }

  @Test
  void theRecursiveSchemaHasItsBytes() {
    OutputSchema schema =
        OutputSchema.of(
            Map.of("head", new RefType("N")),
            Map.of("N", new RecordType(Map.of("next", new OptionalType(new RefType("N"))))));
    assertThat(HexFormat.of().formatHex(schema.document()))
        .isEqualTo(codeAfter("with N = `{\"record\":{\"next\":{\"optional\": ref N}}}` is"));
  }

  private static TaskKey key(String request) {
    return TaskRequest.fromJson(request).key(ImageDigestResolver.NONE);
  }

  @Test
  void theTagByNameHasItsBytes() {
    TaskKey key = key("{\"component\":{\"name\":\"a\",\"image\":{\"tag\":\"python:3.11\"}}}");
    assertThat(HexFormat.of().formatHex(key.documents().get("key")))
        .contains(codeAfter("gets it into the key, word for word, as"));
  }

  @Test
  void theWholeRequestHasItsDocumentsAndItsKey() {
    TaskKey key = key(codeAfter("\nFor "));
    String block = PAGE.substring(PAGE.indexOf("    component  "));
    String listing = block.substring(0, block.indexOf("\n\n")).replaceAll("\n {15}", "");
    List<String> expected = new ArrayList<>();
    key.documents()
        .forEach((name, bytes) -> expected.add(name + " " + HexFormat.of().formatHex(bytes)));
    expected.add("the key " + key.key());
    assertThat(listing.lines().map(line -> line.strip().replaceAll(" {2,}", " ")))
        .containsExactlyElementsOf(expected);
  }
}
