package dev.taskcache;

import dev.taskcache.explain.Subject;
import dev.taskcache.key.TaskKey;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.store.EntryId;
import org.jspecify.annotations.Nullable;

/** A request that may be cached, with its key. */
record Asked<T extends @Nullable Object>(
    TaskRequest request,
    ResultCodec<T> codec,
    TaskKey taskKey,
    EntryId id,
    Subject subject,
    ResolvedOptions options) {

  static <T extends @Nullable Object> Asked<T> of(
      TaskRequest request, ResultCodec<T> codec, TaskKey key, ResolvedOptions options) {
    EntryId id = new EntryId(request.namespace(), key.key());
    return new Asked<>(
        request,
        codec,
        key,
        id,
        new Subject(
            id.namespace(), request.component().displayName(), request.identity(), key.key()),
        options);
  }

  /** The same question to another namespace, by the options that apply to its entries. */
  Asked<T> in(String namespace, ResolvedOptions there) {
    return new Asked<>(request, codec, taskKey, new EntryId(namespace, id.key()), subject, there);
  }
}
