package dev.taskcache.flyte;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs as both of Flyte's caches digest them: without the ignored ones, and a literal that
 * has a {@code hash} reduced to it. Lists and maps are gone through, a union is not.
 */
final class CountedInputs {
  private CountedInputs() {}

  static Message of(Map<String, Message> literals, Collection<String> ignored) {
    Map<String, Message> counted = new LinkedHashMap<>();
    literals.forEach(
        (name, literal) -> {
          if (!ignored.contains(name)) {
            counted.put(name, reduced(literal));
          }
        });
    return Message.empty("LiteralMap").set("literals", counted);
  }

  /** Rebuilt lists and maps lose their metadata; any other literal keeps it. */
  private static Message reduced(Message literal) {
    Message reduced = new Message(literal.type());
    if (literal.has("hash")) {
      return reduced.set("hash", literal.text("hash"));
    } else if (literal.has("collection")) {
      List<Message> elements = new ArrayList<>();
      literal
          .message("collection")
          .<Message>list("literals")
          .forEach(each -> elements.add(reduced(each)));
      return reduced.set(
          "collection", Message.empty("LiteralCollection").set("literals", elements));
    } else if (literal.has("map")) {
      return reduced.set("map", of(literal.message("map").map("literals"), List.of()));
    }
    return literal;
  }
}
