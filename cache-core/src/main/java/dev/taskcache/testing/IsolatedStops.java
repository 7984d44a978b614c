package dev.taskcache.testing;

import dev.taskcache.store.ReuseStops;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is stopped, as one test sees it: in namespaces of its own, and later. */
record IsolatedStops(ReuseStops stops, String prefix, Supplier<Duration> passed)
    implements ReuseStops {

  @Override
  public void stop(String namespace, String component, String by) {
    stops.stop(prefix + namespace, component, by);
  }

  @Override
  public boolean clear(String namespace, String component) {
    return stops.clear(prefix + namespace, component);
  }

  @Override
  public Optional<Stop> find(String namespace, String component) {
    return stops.find(prefix + namespace, component).map(this::outside);
  }

  @Override
  public List<Stop> list(String namespace) {
    return stops.list(prefix + namespace).stream().map(this::outside).toList();
  }

  private Stop outside(Stop stop) {
    return new Stop(stop.component(), stop.by(), stop.at().plus(passed.get()));
  }
}
