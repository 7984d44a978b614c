package dev.taskcache.key;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * By which addresses the schemas in a document can be referred to: {@code $id}, {@code $anchor} and
 * JSON pointers. Whatever is not in the document is an error; nothing is fetched.
 */
final class JsonSchemaAddresses {
  private final JsonSchemaDraft draft;
  private final Map<String, JsonPart> byId = new HashMap<>();
  private final Map<String, JsonPart> byAnchor = new HashMap<>();
  private final Map<InputValue, String> bases = new IdentityHashMap<>();

  JsonSchemaAddresses(JsonPart root, JsonSchemaDraft draft) {
    this.draft = draft;
    byId.put("", root);
    scan(root, "");
  }

  private record Scoped(JsonPart schema, String base) {}

  /** Finds the addresses of a schema and of those in it, without recursion. */
  private void scan(JsonPart start, String startBase) {
    Deque<Scoped> todo = new ArrayDeque<>();
    todo.add(new Scoped(start, startBase));
    while (!todo.isEmpty()) {
      Scoped next = todo.removeLast();
      if (!next.schema().isMap() || bases.containsKey(next.schema().value())) {
        continue;
      }
      String base = base(next.schema(), next.base());
      bases.put(next.schema().value(), base);
      JsonSchemaWords.subschemas(next.schema()).forEach(each -> todo.add(new Scoped(each, base)));
    }
  }

  /** The base of refs in a schema, which its {@code $id} may change; notes its addresses. */
  private String base(JsonPart schema, String outer) {
    Map<String, JsonPart> words = schema.members();
    String base = outer;
    JsonPart id = words.get(JsonSchemaKeyword.ID.word());
    boolean ignored = draft == JsonSchemaDraft.DRAFT_07 && words.containsKey("$ref");
    if (id != null && !ignored) {
      if (id.text().startsWith("#")) {
        note(byAnchor, base + id.text(), schema, id);
      } else {
        base = resolve(id.text().replaceFirst("#$", ""), base, id);
        note(byId, base, schema, id);
      }
    }
    JsonPart anchor = words.get(JsonSchemaKeyword.ANCHOR.word());
    if (anchor != null && draft != JsonSchemaDraft.DRAFT_07) {
      note(byAnchor, base + "#" + anchor.text(), schema, anchor);
    }
    JsonPart dialect = words.get(JsonSchemaKeyword.SCHEMA.word());
    if (dialect != null && JsonSchemaDraft.named(dialect) != draft) {
      throw dialect.refuse("the schema around this one is in another draft; use one for both");
    }
    return base;
  }

  private static void note(
      Map<String, JsonPart> known, String address, JsonPart schema, JsonPart word) {
    JsonPart other = known.put(address, schema);
    if (other != null && other.value() != schema.value()) {
      throw word.refuse(
          "\"" + address + "\" is also the address of " + other.place() + "; give each its own");
    }
  }

  private static String resolve(String reference, String base, JsonPart word) {
    try {
      return (base.isEmpty() ? URI.create(reference) : URI.create(base).resolve(reference))
          .toString();
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          word.place(), "\"" + reference + "\" is not a URI; write one, or #/ and a pointer", e);
    }
  }

  /** The schema that a {@code $ref} in a schema refers to. */
  JsonPart target(JsonPart schema, JsonPart ref) {
    String text = ref.text();
    int hash = text.indexOf('#');
    String before = hash < 0 ? text : text.substring(0, hash);
    String fragment = hash < 0 ? "" : text.substring(hash + 1);
    String base = bases.getOrDefault(schema.value(), "");
    String document = before.isEmpty() ? base : resolve(before, base, ref);
    JsonPart resource = byId.get(document);
    if (resource == null) {
      throw ref.refuse(
          "\""
              + text
              + "\" is not in this document, and nothing is fetched; put that schema under $defs"
              + " here and refer to it as #/$defs/NAME");
    }
    if (!fragment.isEmpty() && !fragment.startsWith("/")) {
      JsonPart anchored = byAnchor.get(document + "#" + fragment);
      if (anchored == null) {
        throw ref.refuse("no schema here has the anchor \"" + fragment + "\"; give one to it");
      }
      return anchored;
    }
    JsonPart target = JsonPointer.find(fragment, resource, ref);
    scan(target, document);
    return target;
  }
}
