package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.version.PipelineSource;
import dev.taskcache.version.PipelineVersion;
import dev.taskcache.version.VersionState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link PipelineSource} must do. A source's test extends this class and says how to
 * open a source, and how versions are published and deleted where it looks.
 */
public abstract class PipelineSourceContract {
  private static final String PIPELINE = "train";
  private static final int READERS = 3;
  private static final int VERSIONS = 30;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private PipelineSource source;

  /** For subclasses. */
  protected PipelineSourceContract() {}

  /**
   * Opens a source; at the first call in a test nothing is published there. Who extends this class
   * closes what needs closing after each test.
   *
   * @return a source that has answered nothing yet; each call in a test opens the same place
   * @throws Exception if it cannot be opened; the test fails
   */
  protected abstract PipelineSource open() throws Exception;

  /**
   * Publishes a version, and returns when it is there.
   *
   * @param pipeline any text without a slash
   * @param name what a person calls the version, unique in its pipeline; any text without a slash
   * @param definition a JSON object in the shape of a compiled Kubeflow pipeline
   * @return the version's id: the name, or what the place made up
   * @throws Exception if it cannot be published; the test fails
   */
  protected abstract String publish(String pipeline, String name, String definition)
      throws Exception;

  /**
   * Deletes a version, and returns when it is gone.
   *
   * @param pipeline the pipeline
   * @param id as {@link #publish} returned it
   * @throws Exception if it cannot be deleted; the test fails
   */
  protected abstract void delete(String pipeline, String id) throws Exception;

  @BeforeEach
  void openSource() throws Exception {
    source = open();
  }

  private static String definition(String text) {
    return "{\"pipelineInfo\":{\"name\":\"contract\"},\"root\":{},\"schemaVersion\":\"2.1.0\","
        + "\"sdkVersion\":\""
        + text
        + "\"}";
  }

  private String publish(String name) throws Exception {
    return publish(PIPELINE, name, definition("sdk of " + name));
  }

  private void holds(PipelineVersion version, String text) throws Exception {
    byte[] content = source.load(version);
    assertThat(PipelineVersion.digestOf(content)).isEqualTo(version.digest());
    assertThat(new String(content, StandardCharsets.UTF_8)).contains(text);
  }

  @Test
  void itsNameIsTheSameWhoeverOpensIt() throws Exception {
    assertThat(source.name()).isNotBlank().isEqualTo(open().name());
  }

  @Test
  void nothingIsListedForAPipelineThatIsUnknown() throws Exception {
    publish("1.0.0");

    assertThat(source.versions("unknown")).isEmpty();
    assertThat(source.version("unknown", "1.0.0")).isEmpty();
  }

  @Test
  void whatIsPublishedIsInTheNextListAndFoundByItsId() throws Exception {
    String first = publish("1.0.0");
    List<PipelineVersion> one = source.versions(PIPELINE);
    String second = publish("1.1.0");
    List<PipelineVersion> two = source.versions(PIPELINE);

    assertThat(one).extracting(PipelineVersion::id).containsExactly(first);
    assertThat(two).extracting(PipelineVersion::id).containsExactlyInAnyOrder(first, second);
    assertThat(two)
        .containsAll(one)
        .allSatisfy(
            each -> {
              assertThat(each.pipeline()).isEqualTo(PIPELINE);
              assertThat(each.state()).isEqualTo(VersionState.READY);
              assertThat(source.version(PIPELINE, each.id())).contains(each);
            });
    assertThat(open().versions(PIPELINE)).as("of another source").hasSameElementsAs(two);
  }

  @Test
  void whatIsLoadedHasTheDigest() throws Exception {
    publish("1.0.0");
    publish("1.1.0");

    List<PipelineVersion> versions = source.versions(PIPELINE);

    assertThat(versions).extracting(PipelineVersion::digest).doesNotHaveDuplicates().hasSize(2);
    for (PipelineVersion each : versions) {
      holds(each, "sdk of 1.");
      source.load(each)[0] = 0; // The caller's own array.
      holds(each, "sdk of 1.");
    }
  }

  @Test
  void theSameDefinitionHasTheSameDigest() throws Exception {
    publish(PIPELINE, "1.0.0", definition("same"));
    publish(PIPELINE, "1.0.1", definition("same"));
    publish("another", "1.0.0", definition("same"));

    assertThat(source.versions(PIPELINE))
        .hasSize(2)
        .extracting(PipelineVersion::digest)
        .containsOnly(source.versions("another").get(0).digest());
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    String kept = publish("1.0.0");
    String id = publish("1.1.0");
    PipelineVersion deleted = source.version(PIPELINE, id).orElseThrow();
    assertThat(source.versions(PIPELINE)).hasSize(2);

    delete(PIPELINE, id);

    assertThat(source.version(PIPELINE, id)).isEmpty();
    assertThat(source.versions(PIPELINE)).extracting(PipelineVersion::id).containsExactly(kept);
    assertThatThrownBy(() -> source.load(deleted)).isInstanceOf(IOException.class);
    delete(PIPELINE, kept);
    assertThat(source.versions(PIPELINE)).isEmpty();
  }

  @Test
  void namesAreAnyUnicode() throws Exception {
    String pipeline = "entraînement 東京 100% +x 🚀";
    String id = publish(pipeline, "été&co = 1?", definition("unicode"));

    List<PipelineVersion> versions = source.versions(pipeline);

    assertThat(versions).extracting(PipelineVersion::id).containsExactly(id);
    assertThat(source.version(pipeline, id)).contains(versions.get(0));
    holds(versions.get(0), "unicode");
  }

  @Test
  void aNameLeadsNowhereElse() throws Exception {
    String id = publish("1.0.0");

    for (String name : List.of("..", ".", "../" + PIPELINE, PIPELINE + "/", "./" + PIPELINE)) {
      assertThat(source.versions(name)).as(name).isEmpty();
      assertThat(source.version(name, id)).as(name).isEmpty();
    }
    for (String name : List.of("", "../" + PIPELINE + "/" + id, "./" + id, id + "\0", "%2e%2e")) {
      assertThat(source.version(PIPELINE, name)).as(name).isEmpty();
    }
    assertThat(source.versions("")).isEmpty();
    assertThat(source.versions("\0")).isEmpty();
  }

  @Test
  void manyMayAskWhileVersionsArePublished() throws Exception {
    AtomicBoolean finished = new AtomicBoolean();

    List<Integer> seen =
        Threads.all(
            READERS + 1, i -> i == 0 ? () -> publishAll(finished) : () -> readAll(finished));

    assertThat(seen).hasSize(READERS + 1).containsOnly(VERSIONS);
  }

  private Integer publishAll(AtomicBoolean finished) throws Exception {
    Set<String> ids = new HashSet<>();
    try {
      for (int i = 0; i < VERSIONS; i++) {
        ids.add(publish("1.0." + i));
      }
    } finally {
      finished.set(true);
    }
    return ids.size();
  }

  private Integer readAll(AtomicBoolean finished) throws Exception {
    Set<PipelineVersion> known = new HashSet<>();
    boolean last;
    do {
      last = finished.get();
      List<PipelineVersion> now = source.versions(PIPELINE);
      assertThat(now).doesNotHaveDuplicates().containsAll(known);
      for (PipelineVersion each : now) {
        if (known.add(each)) {
          holds(each, "sdk of 1.0.");
        }
      }
    } while (!last);
    return known.size();
  }
}
