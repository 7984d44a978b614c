package dev.taskcache.testing;

import dev.taskcache.TaskRequest;
import dev.taskcache.key.ComponentSpec;
import dev.taskcache.key.ImageRef;
import dev.taskcache.key.InputSpec;
import dev.taskcache.key.InputValue;
import dev.taskcache.key.OutputSchema;
import dev.taskcache.policy.CachePolicy;
import dev.taskcache.policy.CachingOptions;
import dev.taskcache.policy.Mode;
import dev.taskcache.store.Outputs;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Requests, results and options that situations are made of. */
final class Sample {
  static final OutputSchema OUT = OutputSchema.parse("{\"out\":\"int\"}");
  static final OutputSchema ANY = OutputSchema.parse("{\"out\":\"any\"}");
  static final String ONE = "sha256:" + "01".repeat(32);
  static final String TWO = "sha256:" + "02".repeat(32);

  private Sample() {}

  /** A question, by the usual cache, of a task that returns its number. */
  static Step.Ask ask(String what, TaskRequest.Builder request) {
    return new Step.Ask(what, request.build(), By.USUAL, null, Sample::numbered, List.of(), "", "");
  }

  static Step then(String what, Step.Act act) {
    return new Step.Happens(what, act);
  }

  static Outputs numbered(int number) {
    return Outputs.of(Map.of("out", number));
  }

  /** Outputs of an artifact. */
  static Outputs model(int number) {
    String uri = "s3://models/" + number;
    return Outputs.of(
        Map.of("out", new InputValue.Artifact("Model", ONE, uri, InputValue.MapValue.EMPTY)));
  }

  /** The task that most situations are about. */
  static TaskRequest.Builder train() {
    return of(ComponentSpec.named("train"));
  }

  static TaskRequest.Builder of(ComponentSpec component) {
    return TaskRequest.builder(component).version("1").outputs(OUT);
  }

  /** The same task with a declared input. */
  static TaskRequest.Builder declaring(InputSpec epochs) {
    return of(
        ComponentSpec.builder().name("train").declaredInputs(Map.of("epochs", epochs)).build());
  }

  static TaskRequest.Builder image(String reference) {
    return TaskRequest.builder(
            ComponentSpec.builder().name("train").image(ImageRef.parse(reference)).build())
        .outputs(OUT);
  }

  static TaskRequest.Builder policy(CachePolicy policy) {
    return TaskRequest.builder(ComponentSpec.named("train")).outputs(OUT).options(options(policy));
  }

  static CachingOptions options(CachePolicy policy) {
    return CachingOptions.builder().policy(policy).build();
  }

  static CachingOptions mode(Mode mode) {
    return CachingOptions.builder().mode(mode).build();
  }

  static CachingOptions oldest(Duration age) {
    return CachingOptions.builder().maxAge(age).build();
  }

  static Step pass(Duration time) {
    return then(time.toHours() + " hours pass", scene -> scene.elapse(time));
  }
}
