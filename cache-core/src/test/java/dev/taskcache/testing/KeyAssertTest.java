package dev.taskcache.testing;

import static dev.taskcache.testing.Samples.train;
import static dev.taskcache.testing.TaskCacheAssertions.assertKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.KeyPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What is asserted of keys, and how a failure names the part that moved. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class KeyAssertTest {
  private static final String PROPERTY = "taskcache.tests.keys";

  @TempDir Path folder;
  private Path file;

  private final TaskRequest before = train().input("rate", 0.01).build();
  private final TaskRequest after = train().input("rate", 0.02).build();
  private final String key = before.key(ImageDigestResolver.NONE).key().toString();

  private String asked;

  @BeforeEach
  void name() {
    file = folder.resolve("keys.json");
    asked = System.clearProperty(PROPERTY);
  }

  @AfterEach
  void restore() {
    if (asked != null) {
      System.setProperty(PROPERTY, asked);
    }
  }

  private void write(Runnable assertion) {
    System.setProperty(PROPERTY, "write");
    try {
      assertion.run();
    } finally {
      System.clearProperty(PROPERTY);
    }
  }

  @Test
  void aKeyIsEqualToItsTextAndToThatOfAnotherRequest() {
    assertKey(before)
        .isEqualTo(key)
        .isEqualTo(before.key(ImageDigestResolver.NONE).key())
        .isEqualTo(train().input("rate", 0.01).build())
        .differsFrom(after)
        .differsFrom(after, KeyPart.INPUTS);
  }

  @Test
  void whatMovedSinceAKeyThatTheFileKnowsIsNamed() {
    write(() -> assertKey(before).knownFrom(file).isEqualTo(key));

    assertKey(before).knownFrom(file).isEqualTo(key);
    assertThatThrownBy(() -> assertKey(after).knownFrom(file).isEqualTo(key))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected the key " + key)
        .hasMessageContaining(after.key(ImageDigestResolver.NONE).key().toString())
        .hasMessageContaining("input \"rate\" changed: 0.01 -> 0.02");
  }

  @Test
  void ofAKeyThatNoFileKnowsThePartsAreShownAndWhatToDo() {
    assertThatThrownBy(() -> assertKey(after).isEqualTo(key))
        .hasMessageContaining("Expected the key " + key)
        .hasMessageContaining("version: 1")
        .hasMessageContaining("inputs: ")
        .hasMessageContaining("say knownFrom(file)")
        .hasMessageContaining("-Dtaskcache.tests.keys=write");
    assertThatThrownBy(() -> assertKey(after).knownFrom(file).isEqualTo(key))
        .hasMessageContaining("say knownFrom(file)");
  }

  @Test
  void writingDownDoesNotAcceptAnotherKeyThanTheTestSays() {
    assertThatThrownBy(() -> write(() -> assertKey(after).knownFrom(file).isEqualTo(key)))
        .hasMessageContaining("Expected the key " + key);
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileOfKeysIsWrittenOnceAndComparedFromThenOn() throws Exception {
    write(() -> assertKey(before).matches(file));
    write(() -> assertKey(train().version("2").build()).matches(file, "another"));

    assertThat(Files.readAllLines(file)).hasSize(4).first().isEqualTo("{");
    assertKey(before).matches(file).matches(file, "train");
    assertThatThrownBy(() -> assertKey(after).matches(file))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Expected the key of train in " + file)
        .hasMessageContaining("input \"rate\" changed: 0.01 -> 0.02");
    assertThatThrownBy(() -> assertKey(before).matches(file, "another"))
        .hasMessageContaining("version changed: 2 -> 1")
        .hasMessageContaining("input \"rate\" added");
  }

  @Test
  void aKeyThatWasNeverWrittenIsNoSuccess() {
    assertThatThrownBy(() -> assertKey(before).matches(file))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(file + " has no key of train")
        .hasMessageContaining("-Dtaskcache.tests.keys=write");
    assertThat(file).doesNotExist();
  }

  @Test
  void aFileThatIsNoneIsRefused() throws Exception {
    Files.writeString(file, "{\"train\": {\"key\": 7}}");

    assertThatThrownBy(() -> assertKey(before).matches(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keys.json is no file of keys");
  }

  @Test
  void secretsAreNotWritten() throws Exception {
    TaskRequest secret =
        train().input("token", new InputValue.Secret("api-token", "version-3")).build();

    write(() -> assertKey(secret).matches(file));

    assertThat(file).content().contains("token").doesNotContain("version-3");
    assertKey(secret).matches(file);
  }

  @Test
  void requestsThatDifferAreToldApart() {
    assertThatThrownBy(() -> assertKey(after).isEqualTo(before))
        .hasMessageContaining("Expected the key of the other request")
        .hasMessageContaining("input \"rate\" changed: 0.01 -> 0.02");
    assertThatThrownBy(() -> assertKey(before).differsFrom(train().input("rate", 0.01).build()))
        .hasMessageContaining("Expected a key that differs")
        .hasMessageContaining("is the same");
    assertThatThrownBy(() -> assertKey(after).differsFrom(before, KeyPart.VERSION))
        .hasMessageContaining("differs in [VERSION]")
        .hasMessageContaining("input \"rate\" changed");
  }

  @Test
  void imagesAreResolvedByWhatTheTestSays() {
    String digest = "sha256:" + "01".repeat(32);
    TaskRequest tagged =
        TaskRequest.builder(
                ComponentSpec.builder().name("t").image(ImageRef.parse("python:3.11")).build())
            .build();
    TaskRequest pinned =
        TaskRequest.builder(
                ComponentSpec.builder().name("t").image(ImageRef.parse("python@" + digest)).build())
            .build();

    assertKey(tagged)
        .resolving(ImageDigestResolver.of(Map.of("python:3.11", digest)))
        .isEqualTo(pinned);
    assertThatThrownBy(() -> assertKey(tagged).isEqualTo(key))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the request has no key")
        .hasMessageContaining("nothing resolves the tag python:3.11");
  }
}
