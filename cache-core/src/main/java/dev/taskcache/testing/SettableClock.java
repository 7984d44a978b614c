package dev.taskcache.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A clock that stands still until the test moves it; UTC. One that comes from a {@link TestCache}
 * moves the times in its store too, also in a database. Thread-safe.
 */
public final class SettableClock extends Clock {
  private final AtomicReference<Instant> now;
  private final Consumer<Duration> moved;
  private final ZoneId zone;

  /** A clock that shows the first of January 2026, 00:00. */
  public SettableClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  /**
   * Another one.
   *
   * @param start what it shows at first
   */
  public SettableClock(Instant start) {
    this(start, step -> {});
  }

  /** One that tells by how much it was moved. */
  SettableClock(Instant start, Consumer<Duration> moved) {
    this(new AtomicReference<>(start), moved, ZoneOffset.UTC);
  }

  private SettableClock(AtomicReference<Instant> now, Consumer<Duration> moved, ZoneId zone) {
    this.now = now;
    this.moved = moved;
    this.zone = zone;
  }

  /**
   * Moves the clock.
   *
   * @param step how far; back if it is negative
   */
  public void advance(Duration step) {
    now.updateAndGet(time -> time.plus(step));
    moved.accept(step);
  }

  /**
   * Moves the clock to a time.
   *
   * @param time what it shows then; may be earlier than what it shows now
   */
  public void set(Instant time) {
    Instant before = Objects.requireNonNull(now.getAndSet(time));
    moved.accept(Duration.between(before, time));
  }

  @Override
  public Instant instant() {
    return Objects.requireNonNull(now.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SettableClock(now, moved, other);
  }
}
