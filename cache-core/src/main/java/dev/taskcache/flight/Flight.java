package dev.taskcache.flight;

import dev.taskcache.store.EntryId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One run in this JVM, which everybody who asks for the same id meanwhile shares.
 *
 * @param <R> what it gives to each of them
 */
public final class Flight<R> {
  private final EntryId id;
  private final String label;
  private final @Nullable Thread owner;
  private final CompletableFuture<R> result = new CompletableFuture<>();

  Flight(EntryId id, String label, @Nullable Thread owner) {
    this.id = id;
    this.label = label;
    this.owner = owner;
  }

  EntryId id() {
    return id;
  }

  /** The thread that runs it; null if no thread does. */
  @Nullable Thread owner() {
    return owner;
  }

  CompletableFuture<R> future() {
    return result;
  }

  /**
   * What the run gives, or the exception that it ended with.
   *
   * @return a stage that is complete when the run has landed or crashed
   */
  public CompletionStage<R> result() {
    return result.minimalCompletionStage();
  }

  @Override
  public String toString() {
    return label + " (" + id.key() + ")";
  }
}
