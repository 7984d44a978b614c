package dev.taskcache.jdbc;

import dev.taskcache.store.EntrySelector;
import dev.taskcache.store.Lease;
import dev.taskcache.store.Purge;
import java.time.Duration;
import java.util.List;

/** Every call of a store that asks the database. */
enum EveryCall {
  FIND((store, lease) -> store.find(lease.id())),
  FIND_ALL((store, lease) -> store.findAll(List.of(lease.id()))),
  SUMMARY((store, lease) -> store.summary(lease.id())),
  EARLIER((store, lease) -> store.earlier(lease.id().namespace(), "train", 8)),
  CLAIM((store, lease) -> store.claim(lease.id(), Samples.claim(lease.owner()))),
  RENEW((store, lease) -> store.renew(lease, Samples.LEASE)),
  PUBLISH((store, lease) -> store.publish(lease, Samples.result("x"))),
  PUBLISH_UNLEASED(
      (store, lease) ->
          store.publishUnleased(Samples.newId(), Samples.result("x"), Duration.ofSeconds(1))),
  ABANDON((store, lease) -> store.abandon(lease)),
  ABANDON_ALL((store, lease) -> store.abandonAll(lease.id().namespace(), "run")),
  AWAIT((store, lease) -> store.await(lease.id(), lease.fence(), Duration.ofMillis(1))),
  INVALIDATE(
      (store, lease) ->
          store.invalidate(
              lease.id().namespace(), new EntrySelector.Component("another"), "somebody")),
  PURGE((store, lease) -> store.purge(new Purge(Duration.ofDays(1), Duration.ofDays(1))));

  private final Call call;

  EveryCall(Call call) {
    this.call = call;
  }

  private interface Call {
    Object run(JdbcStore store, Lease lease) throws InterruptedException;
  }

  /** Makes the call; with a lease that is held, or was. */
  Object run(JdbcStore store, Lease lease) throws InterruptedException {
    return call.run(store, lease);
  }
}
