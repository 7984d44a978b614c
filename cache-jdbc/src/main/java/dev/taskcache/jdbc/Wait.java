package dev.taskcache.jdbc;

import dev.taskcache.jdbc.Waits.Awaiting;
import dev.taskcache.jdbc.Waits.Looks;
import dev.taskcache.jdbc.Waits.Seen;
import dev.taskcache.store.CacheEntry;
import dev.taskcache.store.Found;
import dev.taskcache.store.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The wait for one lease, which all threads of this process share that wait for it: one of them
 * looks, the others learn what it saw. Thread-safe.
 */
final class Wait {
  // A lease is over when its time is over; a little later it is so by the database's clock, too.
  private static final long AFTER_LEASE = TimeUnit.MILLISECONDS.toNanos(5);
  // What somebody saw so lately need not be looked at again.
  private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(200);

  // A look that fails says nothing of the owner, who may be running all the same.
  private static final long TOLERATED = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST_START = TimeUnit.SECONDS.toNanos(2);

  private final Awaiting awaiting;
  private final Looks looks;
  private final Polling polling;
  private final @Nullable Listener listener;
  private final Subscriptions.@Nullable Subscription subscription;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private int waiters;
  private boolean looking;
  private boolean woken;
  private boolean marked;
  private int looked;
  private long nextLook = System.nanoTime();
  private long seenAt = nextLook;
  private long leaseEnd = nextLook;
  private @Nullable Found<CacheEntry> seen;
  private @Nullable Found<CacheEntry> ended;
  private long failedAt;
  private @Nullable RuntimeException failure;

  Wait(Awaiting awaiting, Looks looks, Polling polling, @Nullable Listener listener) {
    this.awaiting = awaiting;
    this.looks = looks;
    this.polling = polling;
    this.listener = listener;
    this.subscription = listener == null ? null : listener.subscribe(awaiting.id(), this::wake);
  }

  /** One more waits. Calls are one after the other, as are those of {@link #leave}. */
  Wait join() {
    waiters++;
    return this;
  }

  /** One less waits; true if nobody does any more. */
  boolean leave() {
    waiters--;
    if (waiters == 0 && subscription != null) {
      subscription.close();
    }
    return waiters == 0;
  }

  /** Waits until the lease has ended, the deadline is over, or looking has failed for too long. */
  Found<CacheEntry> await(Deadline deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long now = System.nanoTime();
        boolean over = deadline.isOver();
        if (ended != null) {
          return ended;
        } else if (failure != null && (over ? now - failedAt < FRESH : isHopeless())) {
          return afterFailure(failure);
        } else if (over && seen != null && (looking || isRecent(now))) {
          return seen;
        } else if (!looking && (over || nextLook - now <= 0)) {
          look(deadline);
        } else {
          long pause = looking ? FRESH : nextLook - now;
          changed.awaitNanos(Math.max(1, over ? pause : Math.min(deadline.nanosLeft(), pause)));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whoever listens would have been told. */
  private boolean isRecent(long now) {
    return now - seenAt < FRESH || (marked && listener != null && listener.isListening());
  }

  private boolean isHopeless() {
    return failedAt - Math.max(leaseEnd, seenAt + TOLERATED) > 0;
  }

  /** At the deadline the lease that was seen last is as good an answer as there is. */
  private Found<CacheEntry> afterFailure(RuntimeException reason) {
    if (seen != null && !isHopeless()) {
      return seen;
    }
    throw new StoreException("cannot see how " + awaiting.id() + " gets on: " + reason, reason);
  }

  private void look(Deadline deadline) throws InterruptedException {
    looking = true;
    woken = false;
    boolean listening = false;
    try {
      lock.unlock(); // The others can give up meanwhile.
      Seen now;
      try {
        listening = awaitListening(deadline);
        now = listening && !marked ? looks.mark(awaiting) : looks.look(awaiting);
      } finally {
        lock.lock();
      }
      marked |= listening;
      saw(now);
    } catch (RuntimeException e) {
      failure = e;
      failedAt = System.nanoTime();
    } finally {
      looking = false;
      planNext(listening);
      changed.signalAll();
    }
  }

  private boolean awaitListening(Deadline deadline) throws InterruptedException {
    long longest = Math.max(0, Math.min(LONGEST_START, deadline.nanosLeft()));
    return listener != null && listener.awaitListening(Duration.ofNanos(longest));
  }

  private void saw(Seen now) {
    failure = null;
    seen = now.found();
    seenAt = System.nanoTime();
    leaseEnd = seenAt + TimeUnit.MICROSECONDS.toNanos(now.microsLeft());
    Found.Holder holder = seen.liveHolder();
    if (holder == null || holder.fence() != awaiting.fence()) {
      ended = seen;
    }
  }

  private void planNext(boolean listening) {
    long now = System.nanoTime();
    long left = leaseEnd - now + AFTER_LEASE;
    long pause = polling.nanos(looked++, listening);
    // What was told during a look may have happened after it.
    nextLook = woken ? now : now + (left > 0 ? Math.min(pause, left) : pause);
  }

  /** Something happened to the key: look now. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      nextLook = System.nanoTime();
      changed.signalAll(); // Whoever is signalled alone may be about to give up.
    } finally {
      lock.unlock();
    }
  }
}
