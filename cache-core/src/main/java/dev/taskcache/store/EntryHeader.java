package dev.taskcache.store;

import dev.taskcache.explain.TaskIdentity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stored result, without the outputs themselves.
 *
 * @param id what it is stored under
 * @param component what people call the component
 * @param producer who ran the task
 * @param duration how long the task ran, in whole microseconds
 * @param digest SHA-256 over the encoded outputs, 64 hexadecimal digits
 * @param bytes the size of the encoded outputs
 * @param createdAt when it was stored, by the store's clock
 * @param expiresAt from when on nobody is served with it, by the store's clock; null if never
 * @param fence the number that it was published under; a newer entry of the same id has a higher
 *     one
 * @param signature what its writer left for readers to check; null if it is not signed. Nobody has
 *     checked it yet.
 */
public record EntryHeader(
    EntryId id,
    String component,
    TaskIdentity producer,
    Duration duration,
    String digest,
    long bytes,
    Instant createdAt,
    @Nullable Instant expiresAt,
    long fence,
    @Nullable EntrySignature signature) {}
