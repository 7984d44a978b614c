package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Components: their documents, their names, what they refuse. */
class ComponentSpecTest {
  private static ComponentSpec.Builder named() {
    return ComponentSpec.builder().name("c");
  }

  private static List<EnvVar> env(String... pairs) {
    List<EnvVar> env = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      env.add(new EnvVar(pairs[i], pairs[i + 1]));
    }
    return env;
  }

  @Test
  void emptyFieldsAreAbsentFields() {
    ComponentSpec bare = ComponentSpec.named("c");
    ComponentSpec empty =
        named()
            .label("")
            .command(List.of())
            .args(List.of())
            .env(List.of())
            .platform(Map.of())
            .declaredInputs(Map.of())
            .build();
    assertThat(empty.document()).isEqualTo(bare.document());
    assertThat(empty.image()).isEmpty();
    assertThat(empty.declaredInputs()).isEmpty();
  }

  @Test
  void everyFieldButTheLabelIsInTheDocument() {
    byte[] bare = named().build().document();
    assertThat(named().label("x").build().document()).isEqualTo(bare);
    assertThat(ComponentSpec.named("d").document()).isNotEqualTo(bare);
    assertThat(named().command(List.of("x")).build().document()).isNotEqualTo(bare);
    assertThat(named().args(List.of("x")).build().document()).isNotEqualTo(bare);
    assertThat(named().env(env("x", "")).build().document()).isNotEqualTo(bare);
    assertThat(named().platform(Map.of("x", InputValue.of(1))).build().document())
        .isNotEqualTo(bare);
  }

  @Test
  void commandAndArgumentsAreNotOneList() {
    assertThat(named().command(List.of("a", "b")).build().digest())
        .isNotEqualTo(named().command(List.of("a")).args(List.of("b")).build().digest());
  }

  @Test
  void ofEqualVariablesTheLastCountsAtItsOwnPlace() {
    assertThat(named().env(env("A", "1", "B", "2", "A", "3")).build().document())
        .isEqualTo(named().env(env("B", "2", "A", "3")).build().document())
        .isNotEqualTo(named().env(env("A", "3", "B", "2")).build().document());
  }

  @Test
  void settingTheEnvironmentAgainReplacesIt() {
    assertThat(named().env(env("A", "1")).env(env("B", "2")).build().document())
        .isEqualTo(named().env(env("B", "2")).build().document());
  }

  @Test
  void theDisplayNameIsNameThenLabelThenNothing() {
    ComponentSpec.Builder unnamed = ComponentSpec.builder().command(List.of("x"));
    assertThat(unnamed.build().displayName()).isEqualTo("(unnamed)");
    assertThat(unnamed.label("l").build().displayName()).isEqualTo("l");
    assertThat(unnamed.name("n").build().displayName()).isEqualTo("n");
    assertThat(unnamed.build()).hasToString("component n");
  }

  @Test
  void aComponentWithNeitherNameNorCommandIsRefused() {
    assertRefused(
        "component",
        "neither name nor command",
        () -> ComponentSpec.builder().name("").label("l").args(List.of("a")).build());
  }

  @Test
  void aBuiltComponentDoesNotChange() {
    List<String> command = new ArrayList<>(List.of("x"));
    Map<String, InputValue> platform = new HashMap<>(Map.of("p", InputValue.of(1)));
    Map<String, InputSpec> declared =
        new HashMap<>(Map.of("i", InputSpec.optional(ValueType.Scalar.INT)));
    ComponentSpec.Builder builder =
        named().command(command).platform(platform).declaredInputs(declared);
    command.clear();
    platform.clear();
    declared.clear();
    ComponentSpec spec = builder.build();
    byte[] document = spec.document().clone();
    builder.command(List.of("y")).env(env("A", "1"));
    assertThat(spec.document()).isEqualTo(document);
    assertThat(new String(document, StandardCharsets.ISO_8859_1)).contains("command", "platform");
    assertThat(spec.declaredInputs()).containsOnlyKeys("i");
  }

  @Test
  void textsThatCannotBeEncodedAreRefusedAtTheirPlace() {
    assertRefused("component.name", "surrogate", () -> ComponentSpec.named("\ud800"));
    assertRefused("component.label", "surrogate", () -> named().label("\ud800"));
    assertRefused(
        "component.command[1]", "surrogate", () -> named().command(List.of("", "\ud800")).build());
    assertRefused("component.args[0]", "surrogate", () -> named().args(List.of("\udc00")).build());
    assertRefused(
        "component.platform", "not be empty", () -> named().platform(Map.of("", InputValue.of(1))));
    assertRefused(
        "component.inputs",
        "not be empty",
        () -> named().declaredInputs(Map.of("", InputSpec.required(ValueType.Scalar.INT))).build());
  }

  @Test
  void anEnvironmentVariableHasANameAndMayHaveAnEmptyValue() {
    assertThat(new EnvVar("A", "").value()).isEmpty();
    assertRefused("", "name must not be empty", () -> new EnvVar("", "x"));
    assertRefused("", "surrogate", () -> new EnvVar("A", "\ud800"));
    assertRefused("", "surrogate", () -> new EnvVar("\ud800", ""));
  }

  @Test
  void optionsRefuseEmptyTextsAndKeepCopies() {
    Map<String, InputValue> policies = new HashMap<>(Map.of("p", InputValue.of(1)));
    KeyOptions options = new KeyOptions(null, policies, null, Set.of());
    policies.clear();
    assertThat(options.policies()).containsOnlyKeys("p");
    assertRefused("version", "not be empty", () -> new KeyOptions("", Map.of(), null, Set.of()));
    assertRefused("custom", "not be empty", () -> new KeyOptions(null, Map.of(), "", Set.of()));
    assertRefused(
        "policies",
        "not be empty",
        () -> new KeyOptions(null, Map.of("", InputValue.of(1)), null, Set.of()));
  }
}
