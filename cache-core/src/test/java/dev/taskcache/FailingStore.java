package dev.taskcache;

import dev.taskcache.explain.Earlier;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import dev.taskcache.store.InMemoryStore;
import dev.taskcache.store.Lease;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store whose calls fail where the test says so, and that counts them. */
final class FailingStore implements CacheStore {
  enum Call {
    FIND,
    EARLIER,
    CLAIM,
    RENEW,
    PUBLISH,
    ABANDON,
    AWAIT
  }

  final Set<Call> failing = EnumSet.noneOf(Call.class);
  final Map<Call, Integer> calls = new HashMap<>();
  private final CacheStore store = new InMemoryStore();

  private synchronized void call(Call call) {
    calls.merge(call, 1, Integer::sum);
    if (failing.contains(call)) {
      throw new IllegalStateException("the store is down");
    }
  }

  @Override
  public Found find(EntryId id) {
    call(Call.FIND);
    return store.find(id);
  }

  @Override
  public List<Earlier> earlier(String namespace, String component, int most) {
    call(Call.EARLIER);
    return store.earlier(namespace, component, most);
  }

  @Override
  public Optional<Lease> claim(
      EntryId id, String owner, Duration length, @Nullable Long rejectedFence) {
    call(Call.CLAIM);
    return store.claim(id, owner, length, rejectedFence);
  }

  @Override
  public boolean renew(Lease lease, Duration length) {
    call(Call.RENEW);
    return store.renew(lease, length);
  }

  @Override
  public WriteOutcome.Published publish(Lease lease, CacheEntry.Result result) {
    call(Call.PUBLISH);
    return store.publish(lease, result);
  }

  @Override
  public boolean abandon(Lease lease) {
    call(Call.ABANDON);
    return store.abandon(lease);
  }

  @Override
  public Found await(EntryId id, long fence, Duration timeout) throws InterruptedException {
    call(Call.AWAIT);
    return store.await(id, fence, timeout);
  }

  @Override
  public void close() {
    store.close();
  }
}
