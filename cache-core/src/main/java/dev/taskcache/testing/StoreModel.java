package dev.taskcache.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.taskcache.key.CacheKey;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.EntrySignature;
import dev.taskcache.store.Found;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Purge;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A random sequence of what several clients do over a few ids, on a store and on the store in
 * memory in lockstep. Not thread-safe.
 *
 * <p>Time passes in whole hours, and whatever depends on time happens at half past: so the real
 * time that a sequence takes, up to half an hour, decides nothing.
 */
final class StoreModel {
  private static final Duration FAR = Duration.ofDays(36_500);
  private static final List<String> NAMESPACES = List.of("contract", "another");
  private static final int KEYS = 3;
  private static final int CLIENTS = 3;
  private static final int RUNS = 3;
  private static final int RECENT = 8;

  private final Random random;
  private final LockStep both;
  private final List<EntryId> ids = new ArrayList<>();
  // The newest lease of each id that nobody has tried to end, by its number among all leases.
  private final Map<EntryId, Integer> open = new HashMap<>();
  private int operation;

  StoreModel(CacheStore store, Consumer<Duration> elapse, long seed) {
    this.random = new Random(seed);
    this.both = new LockStep(store, elapse);
    for (int i = 0; i < KEYS; i++) {
      byte[] digest = new byte[32];
      random.nextBytes(digest);
      CacheKey key = CacheKey.parse("k1:" + HexFormat.of().formatHex(digest));
      NAMESPACES.forEach(namespace -> ids.add(new EntryId(namespace, key)));
    }
  }

  List<String> history() {
    return both.history();
  }

  Set<String> outcomes() {
    return both.outcomes();
  }

  /** Does so many things; throws what {@link LockStep#step} throws. */
  void run(int operations) {
    both.step("begin", StoreModel::publishClock);
    for (operation = 1; operation <= operations; operation++) {
      operate(ids.get(random.nextInt(ids.size())), random.nextInt(100));
    }
  }

  /** Leaves the store as if nothing had been done. */
  void forgetEverything() {
    elapse(FAR);
    both.step(
        "purge everything",
        side -> side.store.purge(new Purge(Duration.ZERO, Duration.ZERO)).toString());
    for (EntryId id : ids) {
      both.step("find" + on(id), side -> side.tell(id, side.store.find(id)));
    }
  }

  private static String publishClock(ModelSide side) {
    Claim claim = new Claim("clock", Duration.ofHours(1), null, "clock", null);
    Lease lease = side.store.claim(ModelSide.CLOCK, claim).orElseThrow();
    return side.tell(
        ModelSide.CLOCK,
        side.store.publish(lease, StoreFixture.result("now", null, "clock", "clock")));
  }

  private void operate(EntryId id, int choice) {
    if (choice < 10) {
      both.step("find" + on(id), side -> side.tell(id, side.store.find(id)));
    } else if (choice < 14) {
      findAll();
    } else if (choice < 32) {
      claim("claim", id, side -> null);
    } else if (choice < 40) {
      claim("refresh", id, side -> side.served(id));
    } else if (choice < 42) {
      int old = anyLeaseOf(id);
      claim("claim-again", id, side -> old < 0 ? null : side.leases.get(old).fence());
    } else if (choice < 62) {
      useLease(choice);
    } else if (choice < 68) {
      publishUnleased(id);
    } else if (choice < 70) {
      abandonAll(id);
    } else if (choice < 82) {
      elapse(Duration.ofHours(1 + random.nextInt(3)));
    } else if (choice < 87) {
      invalidate(id);
    } else if (choice < 91) {
      both.step("use" + on(id), side -> use(side, id));
    } else if (choice < 96) {
      purge();
    } else {
      explain(id);
    }
  }

  private String on(EntryId id) {
    return " id " + ids.indexOf(id) + " in " + id.namespace();
  }

  /** The one that everybody gives an id's component: it has one for its entry and its lease. */
  private String component(EntryId id) {
    return "component " + ids.indexOf(id) % 3;
  }

  private String anyRun() {
    return "run " + random.nextInt(RUNS);
  }

  private String anyClient() {
    return "client " + random.nextInt(CLIENTS);
  }

  /** Less than so many hours; ends at half past. */
  private Duration some(int hours) {
    return Duration.ofHours(random.nextInt(hours)).plusMinutes(30);
  }

  private static Lease lease(ModelSide side, int back) {
    return side.leases.get(Math.max(0, side.leases.size() - 1 - back));
  }

  /** One of an id's leases, which an entry may have been published under; -1 if it had none. */
  private int anyLeaseOf(EntryId id) {
    List<Lease> leases = both.reference.leases;
    int[] of =
        IntStream.range(0, leases.size()).filter(i -> leases.get(i).id().equals(id)).toArray();
    return of.length == 0 ? -1 : of[Math.max(0, of.length - 1 - random.nextInt(4))];
  }

  private void claim(String name, EntryId id, Function<ModelSide, @Nullable Long> rejected) {
    boolean again = !both.tested.leases.isEmpty() && random.nextInt(8) == 0;
    int back = random.nextInt(RECENT);
    String fresh = anyClient() + "." + operation;
    String owner = again ? lease(both.reference, back).owner() : fresh;
    Duration length = some(6);
    String run = anyRun();
    String won =
        both.step(
            name + on(id) + " by " + owner + " in " + run + " for " + length,
            side -> {
              Claim claim = new Claim(owner, length, rejected.apply(side), component(id), run);
              return side.store
                  .claim(id, claim)
                  .map(
                      lease -> {
                        side.leases.add(lease);
                        return "won " + side.number(id, lease.fence());
                      })
                  .orElse("refused");
            });
    if (won.startsWith("won")) {
      open.put(id, both.reference.leases.size() - 1);
    }
  }

  private void useLease(int choice) {
    if (both.reference.leases.isEmpty()) {
      return;
    }
    int back = random.nextInt(RECENT);
    Lease lease = lease(both.reference, back);
    EntryId id = lease.id();
    String of = on(id) + " of " + lease.owner();
    if (choice < 46) {
      Duration length = some(6);
      both.step(
          "renew" + of + " for " + length,
          side -> String.valueOf(side.store.renew(lease(side, back), length)));
    } else if (choice < 56) {
      NewEntry result = result(id);
      both.step(
          "publish" + of + " for " + result.lifetime(),
          side -> side.tell(id, side.store.publish(lease(side, back), result)));
      ended(lease);
    } else if (choice < 60) {
      both.step("abandon" + of, side -> String.valueOf(side.store.abandon(lease(side, back))));
      ended(lease);
    } else {
      both.step("await" + of, side -> side.tell(id, await(side, lease(side, back))));
    }
  }

  private static Found<?> await(ModelSide side, Lease lease) {
    try {
      return side.store.await(lease.id(), lease.fence(), Duration.ofMillis(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void ended(Lease lease) {
    open.entrySet().removeIf(each -> both.reference.leases.get(each.getValue()).equals(lease));
  }

  private NewEntry result(EntryId id) {
    Duration lifetime = random.nextInt(3) == 0 ? some(8) : null;
    byte[] signature = random.nextBoolean() ? ("signed " + operation).getBytes(UTF_8) : null;
    return StoreFixture.lasting(
            StoreFixture.result("result " + operation, lifetime, component(id), anyRun()),
            Duration.ofSeconds(operation))
        .sealedBy(signature == null ? null : (from, until) -> new EntrySignature(signature));
  }

  private void publishUnleased(EntryId id) {
    NewEntry result = result(id);
    Duration age = some(4);
    both.step(
        "publish-unleased" + on(id) + " of age " + age + " for " + result.lifetime(),
        side -> side.tell(id, side.store.publishUnleased(id, result, age)));
  }

  private void findAll() {
    List<EntryId> some = ids.stream().filter(each -> random.nextBoolean()).toList();
    both.step(
        "find-all",
        side -> {
          Map<EntryId, Found<EntryHeader>> found = side.store.findAll(some);
          return some.stream()
              .map(each -> side.tell(each, Objects.requireNonNull(found.get(each))))
              .collect(Collectors.joining("; "));
        });
  }

  private void abandonAll(EntryId id) {
    String run = anyRun();
    both.step(
        "abandon-all of " + run + " in " + id.namespace(),
        side -> String.valueOf(side.store.abandonAll(id.namespace(), run)));
  }

  private void elapse(Duration step) {
    both.step(
        "elapse " + step,
        side -> {
          side.elapse(step);
          return "later";
        });
  }

  /**
   * Written at once, whatever the store remembers: a purge writes it, and this one purges nothing.
   */
  private static String use(ModelSide side, EntryId id) {
    side.store.used(id);
    return side.store.purge(new Purge(null, FAR)).toString();
  }

  private void invalidate(EntryId id) {
    Duration ago = random.nextInt(3) == 0 ? Duration.ofHours(-24) : some(12);
    String run = anyRun();
    String by = anyClient();
    Function<ModelSide, EntrySelector> selector =
        switch (random.nextInt(5)) {
          case 0 -> side -> new EntrySelector.Key(id.key());
          case 1 -> side -> new EntrySelector.Component(component(id));
          case 2 -> side -> new EntrySelector.Run(run);
          case 3 -> {
            Duration safe = ranLonger(ago) ? Duration.ofHours(-24) : ago;
            yield side -> new EntrySelector.CreatedBefore(side.now().minus(safe));
          }
          default -> side -> new EntrySelector.UnusedSince(side.now().minus(ago));
        };
    both.step(
        "invalidate " + selector.apply(both.reference) + " in " + id.namespace() + " by " + by,
        side -> String.valueOf(side.store.invalidate(id.namespace(), selector.apply(side), by)));
  }

  /**
   * Whether a task may still be running that was begun before. How long one runs is told by its
   * fence alone, which does not age with the rows of a database whose clock stands still.
   */
  private boolean ranLonger(Duration ago) {
    Instant before = both.reference.now().minus(ago);
    long fence = ChronoUnit.MICROS.between(Instant.EPOCH, before);
    return open.values().stream()
        .anyMatch(number -> both.reference.leases.get(number).fence() < fence);
  }

  private void purge() {
    Purge purge = new Purge(random.nextBoolean() ? null : some(12), some(4));
    String purged =
        both.step(
            "purge " + purge,
            side -> {
              use(side, ModelSide.CLOCK);
              return side.store.purge(purge).toString();
            });
    if (!purged.equals(new Purge.Purged(0, 0).toString())) {
      elapse(Duration.ofHours(1));
      both.tested.letTheClockTick();
    }
  }

  private void explain(EntryId id) {
    both.step("summary" + on(id), side -> side.store.summary(id).map(side::tell).orElse("nothing"));
    both.step(
        "earlier of " + component(id) + " in " + id.namespace(),
        side ->
            side.store.earlier(id.namespace(), component(id), 64).stream()
                .map(side::tell)
                .sorted()
                .collect(Collectors.joining("\n")));
  }
}
