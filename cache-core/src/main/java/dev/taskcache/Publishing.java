package dev.taskcache;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.RunEvent;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one path of a result: encode, measure, publish, or give the lease back. Thread-safe. */
final class Publishing {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCache.class);

  private final CacheStore store;
  private final CacheListener listener;
  private final long mostBytes;

  Publishing(CacheStore store, CacheListener listener, long mostBytes) {
    this.store = store;
    this.listener = listener;
    this.mostBytes = mostBytes;
  }

  /** Encodes and publishes a result. Never throws for a result or a store that fails. */
  WriteOutcome publish(LeaseToken token, Supplier<Outputs> encoding, Duration duration) {
    WriteOutcome outcome = write(token, encoding, duration);
    listener.onRun(new RunEvent(token.subject(), duration, outcome, null));
    return outcome;
  }

  private WriteOutcome write(LeaseToken token, Supplier<Outputs> encoding, Duration duration) {
    Outputs outputs;
    ValueDigest digest;
    try {
      outputs = encoding.get();
      digest = ValueDigest.of(outputs.values());
    } catch (RuntimeException e) {
      abandon(token.lease());
      return new WriteOutcome.NotEncodable(String.valueOf(e.getMessage()));
    }
    if (digest.bytes() > mostBytes) {
      abandon(token.lease());
      return new WriteOutcome.TooLarge(digest.bytes(), mostBytes);
    }
    try {
      return store.publish(token.lease(), result(token, outputs, digest, duration));
    } catch (RuntimeException e) {
      LOG.warn("The result of {} could not be stored", token, e);
      abandon(token.lease());
      return new WriteOutcome.StoreFailed(e.toString());
    }
  }

  private static CacheEntry.Result result(
      LeaseToken token, Outputs outputs, ValueDigest digest, Duration duration) {
    return new CacheEntry.Result(
        outputs,
        digest.hex(),
        digest.bytes(),
        token.parts(),
        token.subject().component(),
        token.subject().task(),
        duration);
  }

  /** Gives a lease back; one that cannot be given back ends by itself. */
  boolean abandon(Lease lease) {
    try {
      return store.abandon(lease);
    } catch (RuntimeException e) {
      LOG.warn("The lease of {} could not be given back; it ends by itself", lease.id(), e);
      return false;
    }
  }
}
