package dev.taskcache.kfp;

import dev.taskcache.key.InputValue;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task is repeated over.
 *
 * @param item the input that has the item in each iteration
 * @param items the items, written in the file; null if they are in an input
 * @param input the input of the task that has the items; empty if they are written in the file
 * @param overArtifacts whether the items are artifacts
 */
record Loop(
    String item, @Nullable InputValue items, String input, boolean overArtifacts, Spot spot) {

  /** Reads the loop of a task; null if it has none. */
  static @Nullable Loop read(Field task) {
    Field parameters = task.get("parameterIterator");
    Field artifacts = task.get("artifactIterator");
    if (parameters != null) {
      return parameters(parameters);
    } else if (artifacts == null) {
      return null;
    }
    Field items = artifacts.require("items", "write items: {inputArtifact: …}");
    String input = items.require("inputArtifact", "name the input that has the items").text();
    return new Loop(item(artifacts), null, input, true, artifacts.spot());
  }

  private static Loop parameters(Field iterator) {
    Field items = iterator.require("items", "write items: {inputParameter: …} or {raw: …}");
    Field raw = items.get("raw");
    if (raw != null) {
      return new Loop(item(iterator), list(raw), "", false, iterator.spot());
    }
    String input = items.require("inputParameter", "name the input that has the items").text();
    return new Loop(item(iterator), null, input, false, iterator.spot());
  }

  private static String item(Field iterator) {
    return iterator.require("itemInput", "name the input that takes the item").text();
  }

  private static InputValue list(Field raw) {
    try {
      InputValue items = JsonText.parse(raw.text());
      if (items instanceof InputValue.ListValue) {
        return items;
      }
    } catch (InvalidRequestException e) {
      throw raw.spot().error("is no JSON (" + e.getMessage() + "); write a list as JSON");
    }
    throw raw.spot().error("is no list; write a list as JSON");
  }

  /** The items in a value: a list, or the JSON of one. */
  static List<InputValue> itemsOf(InputValue value) {
    InputValue items = value;
    if (value instanceof InputValue.Text text) {
      items = JsonText.parse(text.value());
    }
    if (items instanceof InputValue.ListValue list) {
      return list.elements();
    }
    throw new InvalidRequestException(Place.root(), "what the loop is over is no list");
  }
}
