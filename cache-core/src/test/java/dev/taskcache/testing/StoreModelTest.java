package dev.taskcache.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.taskcache.store.CacheStore;
import dev.taskcache.store.Claim;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Found;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Lease;
import dev.taskcache.store.NewEntry;
import dev.taskcache.store.Purge;
import dev.taskcache.store.WriteOutcome;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That the sequences find what is wrong with a store. */
class StoreModelTest {
  private static final int OPERATIONS = 10_000;

  private final long seed = System.nanoTime();
  private final SettableClock clock = new SettableClock();
  private final InMemoryStore memory = new InMemoryStore(clock);

  /** What a store does wrong when it is called: instead of its own answer. */
  @FunctionalInterface
  private interface Fault {
    Object answer(CacheStore store, Object... arguments) throws Exception;
  }

  private CacheStore spoiled(String method, Fault fault) {
    return (CacheStore)
        Proxy.newProxyInstance(
            CacheStore.class.getClassLoader(),
            new Class<?>[] {CacheStore.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                return fault.answer(memory, arguments);
              }
              try {
                return called.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("claims whatever it rejects", "claim", (store, a) -> claim(store, a, null, 1)),
        fault(
            "claims over any entry",
            "claim",
            (store, a) -> {
              var entry = store.find((EntryId) a[0]).entry();
              Claim claim = (Claim) a[1];
              return claim(
                  store, a, entry.map(each -> each.fence()).orElse(claim.rejectedFence()), 1);
            }),
        fault(
            "leases for too long",
            "claim",
            (store, a) -> claim(store, a, ((Claim) a[1]).rejectedFence(), 2)),
        fault("renews nothing", "renew", (store, a) -> store.renew((Lease) a[0], Duration.ZERO)),
        fault("says that it renewed", "renew", (store, a) -> true),
        fault(
            "publishes for those who lost",
            "publish",
            (store, a) -> {
              var outcome = store.publish((Lease) a[0], (NewEntry) a[1]);
              return outcome instanceof WriteOutcome.Superseded
                  ? store.publishUnleased(((Lease) a[0]).id(), (NewEntry) a[1], Duration.ZERO)
                  : outcome;
            }),
        fault(
            "publishes for ever",
            "publish",
            (store, a) -> store.publish((Lease) a[0], forEver((NewEntry) a[1]))),
        fault(
            "does not say who has the lease",
            "publish",
            (store, a) -> {
              var outcome = store.publish((Lease) a[0], (NewEntry) a[1]);
              return outcome instanceof WriteOutcome.Superseded
                  ? new WriteOutcome.Superseded(null, null)
                  : outcome;
            }),
        fault(
            "forgets invalidations of what has no lease",
            "publishUnleased",
            (store, a) -> store.publishUnleased((EntryId) a[0], (NewEntry) a[1], Duration.ZERO)),
        fault("abandons nothing", "abandon", (store, a) -> true),
        fault("abandons no run", "abandonAll", (store, a) -> 0),
        fault("counts no use", "used", (store, a) -> null),
        fault(
            "invalidates what was used",
            "invalidate",
            (store, a) ->
                store.invalidate(
                    (String) a[0],
                    a[1] instanceof EntrySelector.UnusedSince unused
                        ? new EntrySelector.CreatedBefore(unused.time())
                        : (EntrySelector) a[1],
                    (String) a[2])),
        fault(
            "invalidates in one namespace",
            "invalidate",
            (store, a) -> store.invalidate("contract", (EntrySelector) a[1], (String) a[2])),
        fault(
            "purges without grace",
            "purge",
            (store, a) -> store.purge(new Purge(((Purge) a[0]).unusedFor(), Duration.ZERO))),
        fault(
            "purges what is in use",
            "purge",
            (store, a) -> store.purge(new Purge(Duration.ofHours(3), ((Purge) a[0]).grace()))),
        fault("finds no holders for many", "findAll", (store, a) -> withoutHolders(store, a)),
        fault("explains nothing", "summary", (store, a) -> Optional.empty()),
        fault("has no earlier results", "earlier", (store, a) -> List.of()),
        fault("waits for nothing", "await", (store, a) -> Found.nothing()));
  }

  private static Arguments fault(String name, String method, Fault fault) {
    return arguments(name, method, fault);
  }

  private static Object claim(CacheStore store, Object[] a, Long rejected, int lives) {
    Claim claim = (Claim) a[1];
    return store.claim(
        (EntryId) a[0],
        new Claim(
            claim.owner(),
            claim.length().multipliedBy(lives),
            rejected,
            claim.component(),
            claim.run()));
  }

  private static NewEntry forEver(NewEntry result) {
    return new NewEntry(
        result.outputs(),
        result.digest(),
        result.bytes(),
        result.parts(),
        result.component(),
        result.producer(),
        result.duration(),
        null);
  }

  @SuppressWarnings("unchecked")
  private static Object withoutHolders(CacheStore store, Object[] a) {
    return store.findAll((List<EntryId>) a[0]).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each ->
                    new Found<>(
                        each.getValue().storedEntry(),
                        null,
                        each.getValue().unusable(),
                        each.getValue().readAt())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aStoreThatDoesOneThingWrongIsFound(String name, String method, Fault fault) {
    StoreModel model = new StoreModel(spoiled(method, fault), clock::advance, seed);

    assertThatThrownBy(() -> model.run(OPERATIONS))
        .as("%s, seed %d", name, seed)
        .isInstanceOf(LockStep.Difference.class)
        .hasMessageContaining("but in memory -> ");
  }

  @Test
  void aFenceThatGoesBackIsFound() {
    ModelSide side = new ModelSide(memory, clock::advance);
    EntryId id = StoreFixture.newId();

    assertThat(side.number(id, 5)).isEqualTo("#0");
    assertThat(side.number(id, 7)).isEqualTo("#1");
    assertThat(side.number(id, 5)).isEqualTo("#0");
    assertThat(side.number(id, 6)).contains("went back");
  }

  @Test
  void oneSeedIsOneSequence() {
    StoreModel first = new StoreModel(memory, clock::advance, seed);
    SettableClock otherClock = new SettableClock();
    StoreModel second = new StoreModel(new InMemoryStore(otherClock), otherClock::advance, seed);

    first.run(1_000);
    second.run(1_000);

    assertThat(second.history()).isEqualTo(first.history()).hasSizeGreaterThan(30);
  }

  @Test
  void afterASequenceNothingIsLeft() {
    StoreModel model = new StoreModel(memory, clock::advance, seed);
    model.run(1_000);
    model.forgetEverything();

    assertThat(model.history())
        .filteredOn(each -> each.contains(". find id "))
        .last()
        .asString()
        .endsWith("-> nothing");
    assertThat(memory.purge(new Purge(Duration.ZERO, Duration.ZERO)))
        .isEqualTo(new Purge.Purged(0, 0));
  }
}
