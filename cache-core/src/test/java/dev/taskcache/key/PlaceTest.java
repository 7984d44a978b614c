package dev.taskcache.key;

import static dev.taskcache.key.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Places as refusals write them. */
class PlaceTest {
  @Test
  void aPlaceIsWrittenAsItWouldBeInCode() {
    Place layers = Place.of("inputs").field("config").field("layers");
    assertThat(layers.index(3)).hasToString("inputs.config.layers[3]");
    assertThat(layers.each().field("b")).hasToString("inputs.config.layers[].b");
    assertThat(Place.root().index(0).field("a")).hasToString("[0].a");
    assertThat(Place.of("a-b").field("$decimal")).hasToString("a-b.$decimal");
  }

  @Test
  void aNameThatIsNoWordIsQuoted() {
    assertThat(Place.of("inputs").field("a b")).hasToString("inputs[\"a b\"]");
    assertThat(Place.of("inputs").field("")).hasToString("inputs[\"\"]");
    assertThat(Place.of("inputs").field("0")).hasToString("inputs[\"0\"]");
    assertThat(Place.of("x.y").field("a")).hasToString("[\"x.y\"].a");
    assertThat(Place.of("x").field("\"\\")).hasToString("x[\"\\\"\\\\\"]");
  }

  @Test
  void onlyTheRootIsTheRoot() {
    assertThat(Place.root().isRoot()).isTrue();
    assertThat(Place.root()).hasToString("");
    assertThat(Place.of("a").isRoot()).isFalse();
  }

  @Test
  void aLongPathKeepsItsTwoEnds() {
    Place place = Place.of("inputs");
    for (int i = 0; i < 5_000; i++) {
      place = place.index(i);
    }
    assertThat(place.toString())
        .startsWith("inputs[0][1]")
        .contains("...")
        .endsWith("[4998][4999]")
        .hasSizeLessThan(300);
  }

  @Test
  void aPathOfFortyStepsIsWhole() {
    Place place = Place.of("a");
    for (int i = 0; i < 38; i++) {
      place = place.field("b");
    }
    assertThat(place).hasToString("a" + ".b".repeat(38));
  }

  @Test
  void aRefusalInsideAStepIsSeenFromTheStepsPlace() {
    Place inputs = Place.of("inputs");
    assertRefused("inputs.x", "surrogate", () -> inputs.field("x").locate(() -> text("\ud800")));
    assertRefused("inputs.type", "not be empty", () -> inputs.locate(() -> artifact("")));
    assertRefused(
        "inputs[0].a", "p", () -> inputs.locate(() -> refuse(Place.root().index(0).field("a"))));
    assertRefused("a", "p", () -> Place.root().locate(() -> refuse(Place.of("a"))));
    assertThat(inputs.<InputValue>locate(() -> text("x"))).isEqualTo(text("x"));
  }

  @Test
  void aRefusalsMessageBeginsWithItsPath() {
    assertThat(new InvalidRequestException(Place.of("a"), "wrong")).hasMessage("a: wrong");
    assertThat(new InvalidRequestException(Place.root(), "wrong")).hasMessage("wrong");
  }

  private static InputValue text(String text) {
    return new InputValue.Text(text);
  }

  private static InputValue artifact(String type) {
    return new InputValue.Artifact(type, null, "u", InputValue.MapValue.EMPTY);
  }

  private static InputValue refuse(Place place) {
    throw new InvalidRequestException(place, "p");
  }
}
