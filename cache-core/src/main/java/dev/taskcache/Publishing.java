package dev.taskcache;

import dev.taskcache.event.CacheListener;
import dev.taskcache.event.RunEvent;
import dev.taskcache.explain.Subject;
import dev.taskcache.key.KeyPart;
import dev.taskcache.key.KeyParts;
import dev.taskcache.key.ValueDigest;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySeal;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Outputs;
import dev.taskcache.store.ResultPublisher;
import dev.taskcache.store.WriteOutcome;
import dev.taskcache.trust.SignedEntry;
import dev.taskcache.trust.Signer;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one path of a result: encode, measure, publish, or give the lease back. Thread-safe. */
final class Publishing {
  private static final Logger LOG = LoggerFactory.getLogger(TaskCache.class);

  private final CacheStore store;
  private final CacheListener listener;
  private final Limits limits;
  private final Signatures signatures;

  /** Who signs what is written, null for nobody, and whose entries are trusted. */
  record Signatures(@Nullable Signer signer, Administration administration) {}

  /**
   * How large a result may be, how long an entry lives (null: for ever), and who hears of failures.
   */
  record Limits(long mostBytes, @Nullable Duration lifetime, boolean strict) {}

  /** A result on its way: whose it is, and how it becomes outputs. */
  private record Written(
      EntryId id,
      Subject subject,
      KeyParts parts,
      Supplier<Outputs> encoding,
      Duration duration,
      boolean strict) {
    /** The digest of the output schema, which every key has. */
    String schema() {
      return parts.digests().getOrDefault(KeyPart.OUTPUTS, "");
    }
  }

  Publishing(CacheStore store, CacheListener listener, Limits limits, Signatures signatures) {
    this.store = store;
    this.listener = listener;
    this.limits = limits;
    this.signatures = signatures;
  }

  /** Publishes under a lease. Throws for a store that fails only where that is wanted. */
  WriteOutcome publish(
      LeaseToken token, Supplier<Outputs> encoding, Duration duration, boolean strict) {
    return publish(token, encoding, duration, store, strict);
  }

  /** The same for whoever has no more than a token. */
  WriteOutcome publish(
      LeaseToken token, Supplier<Outputs> encoding, Duration duration, ResultPublisher publisher) {
    return publish(token, encoding, duration, publisher, limits.strict());
  }

  private WriteOutcome publish(
      LeaseToken token,
      Supplier<Outputs> encoding,
      Duration duration,
      ResultPublisher publisher,
      boolean strict) {
    Written written =
        new Written(token.lease().id(), token.subject(), token.parts(), encoding, duration, strict);
    Runnable abandon = () -> abandon(token.lease());
    // A host's transaction that failed may still hold the row, and abandoning would wait for it.
    Runnable abandonAfterFailure = publisher == store ? abandon : () -> {};
    return publish(
        written, entry -> publisher.publish(token.lease(), entry), abandon, abandonAfterFailure);
  }

  /** Publishes what was computed without a lease. */
  WriteOutcome publishUnleased(
      Asked<?> asked,
      KeyParts parts,
      Supplier<Outputs> encoding,
      Duration duration,
      boolean strict) {
    return publish(
        new Written(asked.id(), asked.subject(), parts, encoding, duration, strict),
        entry -> store.publishUnleased(asked.id(), entry, duration),
        () -> {},
        () -> {});
  }

  private WriteOutcome publish(
      Written written,
      Function<NewEntry, ? extends WriteOutcome> publisher,
      Runnable abandon,
      Runnable abandonAfterFailure) {
    WriteOutcome outcome;
    try {
      outcome = write(written, publisher);
    } catch (RuntimeException e) {
      LOG.warn("The result of {} could not be stored", written.subject(), e);
      abandonAfterFailure.run();
      outcome = new WriteOutcome.StoreFailed(e.toString());
      listener.onRun(new RunEvent(written.subject(), written.duration(), outcome, null));
      if (written.strict()) {
        throw e;
      }
      return outcome;
    }
    if (outcome instanceof WriteOutcome.NotEncodable || outcome instanceof WriteOutcome.TooLarge) {
      abandon.run();
    }
    listener.onRun(new RunEvent(written.subject(), written.duration(), outcome, null));
    return outcome;
  }

  private WriteOutcome write(
      Written written, Function<NewEntry, ? extends WriteOutcome> publisher) {
    Outputs outputs;
    ValueDigest digest;
    try {
      outputs = written.encoding().get();
      digest = ValueDigest.of(outputs.values());
    } catch (RuntimeException e) {
      return new WriteOutcome.NotEncodable(String.valueOf(e.getMessage()));
    }
    if (digest.bytes() > limits.mostBytes()) {
      return new WriteOutcome.TooLarge(digest.bytes(), limits.mostBytes());
    }
    NewEntry entry =
        new NewEntry(
            outputs,
            digest.hex(),
            digest.bytes(),
            written.parts(),
            written.subject().component(),
            written.subject().task(),
            written.duration(),
            limits.lifetime());
    return trusted(written, publisher.apply(entry.sealedBy(seal(written, digest.hex()))));
  }

  private @Nullable EntrySeal seal(Written written, String digest) {
    Signer signer = signatures.signer();
    return signer == null
        ? null
        : (createdAt, expiresAt) ->
            signer.sign(
                new SignedEntry(written.id(), written.schema(), digest, createdAt, expiresAt));
  }

  /** Another's entry that is not trusted is given to nobody: it counts as none. */
  private WriteOutcome trusted(Written written, WriteOutcome outcome) {
    if (outcome instanceof WriteOutcome.AlreadyStored there
        && !signatures.administration().trusts(there.entry().header(), written::schema)) {
      LOG.warn(
          "The result of {} was not stored, and the entry that was stored meanwhile is not trusted",
          written.subject());
      return new WriteOutcome.Superseded(null, null);
    }
    return outcome;
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
