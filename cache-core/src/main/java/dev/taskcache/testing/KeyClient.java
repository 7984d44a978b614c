package dev.taskcache.testing;

import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One of those who use an id at once: does what chance says and tells what it did. Not thread-safe.
 */
final class KeyClient {
  /** Longer than any pause of a machine: in these histories no lease ends by itself. */
  private static final Duration LEASE = Duration.ofDays(1);

  private final CacheStore store;
  private final EntryId id;
  private final String name;
  private final Random random;
  private final List<Lease> leases = new ArrayList<>();
  private long seen;
  private int calls;

  KeyClient(CacheStore store, EntryId id, String name, long seed) {
    this.store = store;
    this.id = id;
    this.name = name;
    this.random = new Random(seed);
  }

  /** One call. */
  KeyCall call() {
    calls++;
    int choice = random.nextInt(10);
    if (choice < 2) {
      return find();
    } else if (choice == 2) {
      String by = name + "." + calls;
      return new KeyCall.Invalidate(
          by, store.invalidate(id.namespace(), new EntrySelector.Key(id.key()), by));
    } else if (choice < 6 || leases.isEmpty()) {
      return claim();
    }
    // Mostly the newest one; the older ones are lost, and must stay so.
    int back = random.nextInt(3) == 0 ? random.nextInt(leases.size()) : 0;
    Lease lease = leases.get(leases.size() - 1 - back);
    if (choice < 9) {
      String text = name + "." + calls;
      return new KeyCall.Publish(
          lease.owner(),
          lease.fence(),
          text,
          KeyCall.told(store.publish(lease, StoreFixture.result(text))));
    }
    return random.nextBoolean()
        ? new KeyCall.Abandon(lease.owner(), lease.fence(), store.abandon(lease))
        : new KeyCall.Renew(lease.owner(), lease.fence(), store.renew(lease, LEASE));
  }

  private KeyCall find() {
    Found<CacheEntry> found = store.find(id);
    seen = found.entry().map(CacheEntry::fence).orElse(0L);
    return new KeyCall.Find(KeyCall.told(found));
  }

  private KeyCall claim() {
    boolean again = !leases.isEmpty() && random.nextInt(5) == 0;
    String owner = again ? leases.get(leases.size() - 1).owner() : name + "." + calls;
    Claim claim = new Claim(owner, LEASE, seen == 0 ? null : seen, "contract", "run");
    Optional<Lease> lease = store.claim(id, claim);
    lease.ifPresent(leases::add);
    return new KeyCall.Claim(owner, seen, lease.map(Lease::fence).orElse(0L));
  }
}
