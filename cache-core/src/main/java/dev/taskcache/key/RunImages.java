package dev.taskcache.key;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Remembers answers for the run that asked, so that a tag means one image all through it. */
final class RunImages implements ImageDigestResolver {
  static final int MOST_RUNS = 1_000;

  private final ImageDigestResolver resolver;
  private final Cache<Run, Map<String, CompletableFuture<Optional<String>>>> runs;

  RunImages(ImageDigestResolver resolver, int mostRuns) {
    this.resolver = resolver;
    // One segment: several would each forget on their own, before the whole is full.
    this.runs = CacheBuilder.newBuilder().concurrencyLevel(1).maximumSize(mostRuns).build();
  }

  @Override
  public Optional<String> resolve(String reference) {
    return resolver.resolve(reference);
  }

  @Override
  public Optional<String> resolve(String reference, @Nullable Run run) {
    if (run == null) {
      return resolver.resolve(reference, null);
    }
    Map<String, CompletableFuture<Optional<String>>> images = imagesOf(run);
    CompletableFuture<Optional<String>> mine = new CompletableFuture<>();
    CompletableFuture<Optional<String>> first = images.putIfAbsent(reference, mine);
    if (first != null) {
      return await(reference, first);
    }
    try {
      Optional<String> digest = resolver.resolve(reference, run);
      if (digest.isEmpty()) {
        images.remove(reference, mine);
      }
      mine.complete(digest);
      return digest;
    } catch (RuntimeException | Error e) {
      // Removed first: whoever hears of the failure and asks again asks anew.
      images.remove(reference, mine);
      mine.completeExceptionally(e);
      throw e;
    }
  }

  private Map<String, CompletableFuture<Optional<String>>> imagesOf(Run run) {
    try {
      return runs.get(run, ConcurrentHashMap::new);
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<String> await(
      String reference, CompletableFuture<Optional<String>> first) {
    try {
      return first.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageNotResolvedException(
          reference + ": interrupted while another caller asks which image it is; ask again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure; // The first caller's own.
      }
      throw new AssertionError(e.getCause());
    }
  }
}
