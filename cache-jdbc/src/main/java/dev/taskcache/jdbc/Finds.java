package dev.taskcache.jdbc;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.Iterables;
import dev.taskcache.explain.Earlier;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Look-ups: one round trip each, and nothing is written. */
final class Finds {
  // They come by when their tasks were claimed, which alone has an index.
  private static final Comparator<Earlier> NEWEST =
      Comparator.comparing(Earlier::createdAt).reversed();

  private Finds() {}

  static Found<CacheEntry> find(Session session, StoreSql sql, EntryId id) throws SQLException {
    return session
        .one(sql.find, parameters -> parameters.id(id), row -> EntryRow.entry(row, sql, id))
        .orElseGet(Found::nothing);
  }

  /** The ids in the order in which they are asked for: by namespace, a thousand at a time. */
  static List<List<EntryId>> chunks(Collection<EntryId> ids) {
    Map<String, List<EntryId>> byNamespace = new LinkedHashMap<>();
    for (EntryId id : ids) {
      byNamespace.computeIfAbsent(id.namespace(), namespace -> new ArrayList<>()).add(id);
    }
    List<List<EntryId>> chunks = new ArrayList<>();
    for (List<EntryId> all : byNamespace.values()) {
      Iterables.partition(all, Dialect.CHUNK).forEach(chunks::add);
    }
    return chunks;
  }

  /** What is found of a chunk; ids under which nothing stands are left out. */
  static Map<EntryId, Found<EntryHeader>> chunk(Session session, StoreSql sql, List<EntryId> chunk)
      throws SQLException {
    Map<ByteBuffer, EntryId> asked = new LinkedHashMap<>();
    chunk.forEach(id -> asked.put(ByteBuffer.wrap(Parameters.keyBytes(id.key())), id));
    Map<EntryId, Found<EntryHeader>> found = new HashMap<>();
    session.list(
        sql.findAll,
        parameters ->
            parameters
                .text(chunk.get(0).namespace())
                .keys(sql, asked.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new)),
        row -> {
          // Reading a key takes longer than looking up which one it is.
          EntryId id = requireNonNull(asked.get(ByteBuffer.wrap(row.getBytes(1))));
          return found.put(id, EntryRow.header(row, sql, id));
        });
    return found;
  }

  static List<Earlier> earlier(
      Session session, StoreSql sql, String namespace, String component, int most)
      throws SQLException {
    return session
        .list(
            sql.earlier,
            parameters -> parameters.text(namespace).text(component).number((long) most),
            EntryRow::summary)
        .stream()
        .flatMap(Optional::stream)
        .sorted(NEWEST)
        .toList();
  }

  static Optional<Earlier> summary(Session session, StoreSql sql, EntryId id) throws SQLException {
    return session
        .one(sql.summary, parameters -> parameters.id(id), EntryRow::summary)
        .flatMap(summary -> summary);
  }
}
