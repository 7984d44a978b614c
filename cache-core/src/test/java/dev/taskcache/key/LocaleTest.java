package dev.taskcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskcache.TaskRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key is the same wherever its process runs. */
class LocaleTest {
  private final Locale locale = Locale.getDefault();
  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(locale);
    TimeZone.setDefault(zone);
  }

  private enum Title {
    WINDIFI
  }

  /** All that is written, read or ordered: key, documents as JSON, parts' names, a refusal. */
  private static List<String> written() {
    Map<String, Object> inputs =
        Map.of("I", 1.5, "i", -12_345_678.25, "ı", Title.WINDIFI, "t", Instant.EPOCH);
    TaskKey key =
        TaskRequest.fromJson(
                "{\"component\":{\"name\":\"TITLE\"},\"version\":\"1\",\"inputs\":{"
                    + "\"I\":1234567.5,\"i\":{\"$decimal\":\"-1234.50\"},"
                    + "\"t\":{\"$timestamp\":\"2026-01-02T03:04:05.5+05:30\"}}}")
            .key(ImageDigestResolver.NONE);
    List<String> written = new ArrayList<>();
    written.add(key.key().toString());
    written.add(JsonForm.write(key.inputs()));
    written.add(JsonForm.write(InputValue.of(inputs)));
    written.add(ValueDigest.of(InputValue.of(inputs)).hex());
    written.add(key.parts(true).toString());
    written.add(ResultType.of(Title.class).schema().toString());
    for (KeyPart part : KeyPart.values()) {
      written.add(part.word());
    }
    try {
      JsonForm.read("[1,{\"$decimal\":\"1,5\"}]");
    } catch (InvalidRequestException e) {
      written.add(e.getMessage());
    }
    return written;
  }

  @ParameterizedTest
  @CsvSource({
    "tr-TR,Asia/Colombo",
    "ar-EG-u-nu-arab,Africa/Cairo",
    "th-TH-u-ca-buddhist-nu-thai,Pacific/Apia",
    "hi-IN-u-nu-deva,America/St_Johns",
    "de-DE,Europe/Berlin"
  })
  void nothingDependsOnTheDefaultLocaleOrTimeZone(String language, String zoneId) {
    Locale.setDefault(Locale.ROOT);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    List<String> expected = written();
    Locale.setDefault(Locale.forLanguageTag(language));
    TimeZone.setDefault(TimeZone.getTimeZone(zoneId));
    assertThat(written()).isEqualTo(expected).contains("inputs", "policies");
  }
}
