package dev.taskcache.kfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskcache.CacheDecision;
import dev.taskcache.Outcome;
import dev.taskcache.TaskCache;
import dev.taskcache.TaskRequest;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.CacheKey;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageDigestResolver;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.KeyPart;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import dev.taskcache.store.InMemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A host asks for what is stored under a fingerprint of Kubeflow's. */
class KfpRequestTest {
  private static final KfpFingerprint FIRST = template("python:3.9");
  private static final KfpFingerprint SECOND = template("python:3.10");

  private final TaskCache cache = TaskCache.builder(new InMemoryStore()).build();

  private static KfpFingerprint template(String image) {
    String json = "{\"container\":{\"image\":\"" + image + "\"}}";
    return KfpFingerprint.ofTemplate(json, null, KfpRelease.V2_5);
  }

  private Outcome<String> run(TaskRequest request, String result) throws InterruptedException {
    return cache.getOrRun(request, String.class, () -> result);
  }

  @Test
  void whatOneRequestStoresIsAHitForTheSameFingerprintOnly() throws Exception {
    TaskRequest request = FIRST.request("train").namespace("team").build();
    assertThat(request.key(ImageDigestResolver.NONE).key()).isEqualTo(FIRST.key());
    assertThat(run(request, "ran").decision().reason()).isEqualTo(Reason.NO_ENTRY);

    // What people call it does not count.
    Outcome<String> hit = run(FIRST.request("other").namespace("team").build(), "ran again");
    assertThat(hit.value()).isEqualTo("ran");
    assertThat(hit.decision().subject().key()).isEqualTo(FIRST.key());

    assertThat(run(FIRST.request("train").build(), "elsewhere").value()).isEqualTo("elsewhere");
    Outcome<String> miss = run(SECOND.request("train").namespace("team").build(), "ran");
    assertThat(miss.decision()).isInstanceOf(CacheDecision.Miss.class);
    assertThat(((CacheDecision.Miss) miss.decision()).explanation().toString())
        .contains(
            "custom key changed", start(FIRST) + "... -> " + start(SECOND), "else is the same");
  }

  private static String start(KfpFingerprint fingerprint) {
    return "kfp1:" + fingerprint.fingerprint().substring(0, 7);
  }

  @Test
  void optionsCountAsForAnyRequest() throws Exception {
    TaskRequest off =
        FIRST.request("train").options(CachingOptions.builder().mode(Mode.OFF).build()).build();
    assertThat(run(off, "ran").decision().reason()).isEqualTo(Reason.CACHING_OFF);
    assertThat(run(FIRST.request("train").build(), "ran").decision().reason())
        .isEqualTo(Reason.NO_ENTRY);
  }

  @Test
  void whatWouldNotCountIsRefused() throws Exception {
    List<TaskRequest.Builder> refused =
        List.of(
            FIRST.request("train").version("1"),
            FIRST.request("train").policy("p", 1),
            FIRST.request("train").customKey("c"),
            FIRST.request("train").ignoringInputs(List.of("x")),
            TaskRequest.builder(
                ComponentSpec.builder()
                    .name("train")
                    .image(ImageRef.parse("python@sha256:" + "a".repeat(64)))
                    .foreignKey(FIRST.key())
                    .build()));
    List<String> places =
        List.of("version", "policies", "custom", "ignoredInputs", "component.image");
    for (int i = 0; i < places.size(); i++) {
      assertThatThrownBy(refused.get(i)::build)
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining(places.get(i) + ": does not count")
          .hasMessageContaining(FIRST.key().toString());
    }
    TaskRequest inputs = FIRST.request("train").input("x", 1).build();
    assertThatThrownBy(() -> inputs.key(ImageDigestResolver.NONE))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("inputs: does not count");
    TaskRequest policy =
        FIRST
            .request("train")
            .options(CachingOptions.builder().policy(CachePolicy.INPUTS).build())
            .build();
    Outcome<String> bypassed = run(policy, "ran");
    assertThat(bypassed.decision().reason()).isEqualTo(Reason.KEY_FAILED);
    assertThat(bypassed.decision().message()).contains("does not count");
  }

  @Test
  void keysOfOursAreNotGiven() {
    CacheKey ours = CacheKey.parse("k1:" + "a".repeat(64));
    assertThatThrownBy(() -> ComponentSpec.builder().name("a").foreignKey(ours))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("component.foreignKey: keys of scheme k1 are computed here");
    assertThatThrownBy(() -> FIRST.request("")).isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void theOnlyPartIsTheKeyAndNothingIsEncoded() {
    var key = FIRST.request("train").build().key(ImageDigestResolver.NONE);
    assertThat(key.documents()).isEmpty();
    assertThat(key.parts(true).digests())
        .containsEntry(KeyPart.CUSTOM, FIRST.key().toString())
        .containsOnlyKeys(KeyPart.CUSTOM, KeyPart.OUTPUTS);
  }
}
