package dev.taskcache.store;

import dev.taskcache.explain.Earlier;
import dev.taskcache.key.KeyParts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands under one id: the lease and the entry together, so that they change together. */
record MemoryRow(
    long fence,
    @Nullable Owner owner,
    Instant endedAt,
    @Nullable Stored stored,
    @Nullable Mark mark) {
  static final MemoryRow EMPTY = new MemoryRow(0, null, Instant.EPOCH, null, null);

  /** Who holds the lease, or held it and was not superseded since. */
  record Owner(String name, Instant until, String component, @Nullable String run) {}

  /** The entry, what explains it, and when somebody last stored it or was served with it. */
  record Stored(CacheEntry entry, KeyParts parts, Instant lastUsed) {
    Earlier summary() {
      EntryHeader header = entry.header();
      return new Earlier(header.id().key(), parts, header.producer(), header.createdAt());
    }
  }

  /** That something was declared invalid. */
  record Mark(Instant at, String by) {}

  Found<CacheEntry> seenAt(Instant now) {
    Found.Holder holder =
        owner != null && leased(now) ? new Found.Holder(owner.name(), fence, owner.until()) : null;
    if (stored == null) {
      Unusable gone = mark == null ? null : new Unusable.Invalidated(mark.at(), mark.by());
      return new Found<>(null, holder, gone, now);
    }
    EntryHeader header = stored.entry().header();
    Instant expiry = header.expiresAt();
    return expiry != null && expired(now)
        ? new Found<>(null, holder, new Unusable.Expired(expiry, header.fence()), now)
        : new Found<>(stored.entry(), holder, null, now);
  }

  boolean leased(Instant now) {
    return owner != null && owner.until().isAfter(now);
  }

  private boolean expired(Instant now) {
    Instant expiry = stored == null ? null : stored.entry().header().expiresAt();
    return expiry != null && !expiry.isAfter(now);
  }

  /** Whether there is an entry that can be served. */
  boolean serves(Instant now) {
    return stored != null && !expired(now);
  }

  boolean claimable(Claim claim, Instant now) {
    boolean free = owner == null || owner.name().equals(claim.owner()) || !leased(now);
    boolean rejected =
        stored != null && Long.valueOf(stored.entry().fence()).equals(claim.rejectedFence());
    return free && (rejected || !serves(now));
  }

  MemoryRow claimed(Claim claim, Instant now) {
    long next = owner != null && owner.name().equals(claim.owner()) ? fence : nextFence(now);
    Owner claimer =
        new Owner(claim.owner(), now.plus(claim.length()), claim.component(), claim.run());
    return new MemoryRow(next, claimer, endedAt, stored, mark);
  }

  long nextFence(Instant now) {
    return Math.max(fence + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
  }

  boolean heldBy(Lease lease) {
    return owner != null && owner.name().equals(lease.owner()) && fence == lease.fence();
  }

  MemoryRow leasedUntil(Instant until) {
    return owner == null
        ? this
        : new MemoryRow(
            fence,
            new Owner(owner.name(), until, owner.component(), owner.run()),
            endedAt,
            stored,
            mark);
  }

  MemoryRow published(CacheEntry entry, KeyParts parts) {
    Stored published = new Stored(entry, parts, entry.createdAt());
    return new MemoryRow(entry.fence(), null, Instant.EPOCH, published, null);
  }

  MemoryRow released(Instant now) {
    return new MemoryRow(fence, null, now, stored, mark);
  }

  MemoryRow usedAt(Instant now) {
    return stored == null
        ? this
        : new MemoryRow(
            fence, owner, endedAt, new Stored(stored.entry(), stored.parts(), now), mark);
  }

  /** Without the halves that a selector names. */
  MemoryRow invalidated(boolean entry, boolean lease, Mark by) {
    return new MemoryRow(
        lease ? nextFence(by.at()) : fence,
        lease ? null : owner,
        by.at(),
        entry ? null : stored,
        by);
  }

  /** Whether a selector names the entry. */
  boolean entryMatches(EntrySelector selector) {
    if (stored == null) {
      return false;
    }
    EntryHeader header = stored.entry().header();
    if (selector instanceof EntrySelector.Key key) {
      return header.id().key().equals(key.key());
    } else if (selector instanceof EntrySelector.Component component) {
      return header.component().equals(component.name());
    } else if (selector instanceof EntrySelector.Run run) {
      return run.id().equals(header.producer().run());
    } else if (selector instanceof EntrySelector.CreatedBefore before) {
      return header.createdAt().isBefore(before.time());
    }
    return stored.lastUsed().isBefore(((EntrySelector.UnusedSince) selector).time());
  }

  /** Whether a selector names the lease. */
  boolean leaseMatches(EntryId id, EntrySelector selector) {
    if (owner == null) {
      return false;
    } else if (selector instanceof EntrySelector.Key key) {
      return id.key().equals(key.key());
    } else if (selector instanceof EntrySelector.Component component) {
      return owner.component().equals(component.name());
    } else if (selector instanceof EntrySelector.Run run) {
      return run.id().equals(owner.run());
    } else if (selector instanceof EntrySelector.CreatedBefore before) {
      return fence < ChronoUnit.MICROS.between(Instant.EPOCH, before.time());
    }
    return false;
  }

  /** Whether a purge lets go of it. */
  boolean over(Purge purge, Instant now) {
    Instant graceBegan = now.minus(purge.grace());
    if ((owner != null && owner.until().isAfter(graceBegan)) || endedAt.isAfter(graceBegan)) {
      return false;
    } else if (stored == null) {
      return true;
    }
    Instant expiry = stored.entry().header().expiresAt();
    return (expiry != null && !expiry.isAfter(graceBegan))
        || (purge.unusedFor() != null && !stored.lastUsed().isAfter(now.minus(purge.unusedFor())));
  }

  Optional<Earlier> summary() {
    return Optional.ofNullable(stored).map(Stored::summary);
  }
}
