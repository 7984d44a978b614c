package dev.taskcache.examples.argo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskcache.key.InvalidRequestException;
import dev.taskcache.key.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A part of a pipeline, which was checked before, and its place there. */
record IrNode(JsonNode node, Place place) {

  /** A field of this map; null if it is absent or null. */
  @Nullable IrNode get(String name) {
    JsonNode field = node.get(name);
    return field == null || field.isNull() ? null : new IrNode(field, place.field(name));
  }

  /** What is at the end of these fields, each in the one before; null if one is not there. */
  @Nullable IrNode at(String... names) {
    IrNode found = this;
    for (String name : names) {
      found = found == null ? null : found.get(name);
    }
    return found;
  }

  /** A field that a checked pipeline has. */
  IrNode require(String name) {
    IrNode field = get(name);
    if (field == null) {
      throw refusal("has no " + name);
    }
    return field;
  }

  /** The fields of this map by name, sorted. */
  Map<String, IrNode> entries() {
    Map<String, IrNode> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      IrNode field = get(each.getKey());
      if (field != null) {
        entries.put(each.getKey(), field);
      }
    }
    return entries;
  }

  /** The fields of the map at the end of these fields; none if it is not there. */
  Map<String, IrNode> entriesAt(String... names) {
    IrNode found = at(names);
    return found == null ? Map.of() : found.entries();
  }

  /** The elements of a list in this map; none if there is none. */
  List<IrNode> items(String name) {
    IrNode list = get(name);
    List<IrNode> items = new ArrayList<>();
    if (list != null) {
      for (JsonNode each : list.node) {
        items.add(new IrNode(each, list.place.index(items.size())));
      }
    }
    return items;
  }

  /** A field's text. */
  String text(String name) {
    return require(name).node.asText();
  }

  /** Refuses fields that are not among these: what is not understood is not left out silently. */
  void only(String... names) {
    Set<String> others = new TreeSet<>(entries().keySet());
    others.removeAll(Set.of(names));
    if (!others.isEmpty()) {
      IrNode first = require(others.iterator().next());
      throw first.refusal("is not carried over to Argo; take it out, or use another engine");
    }
  }

  /** Says why the pipeline cannot be an Argo workflow. */
  InvalidRequestException refusal(String problem) {
    return new InvalidRequestException(place, problem);
  }
}
