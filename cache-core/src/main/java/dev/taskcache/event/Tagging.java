package dev.taskcache.event;

import dev.taskcache.explain.Subject;
import dev.taskcache.store.CountBuffer;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.ConcurrentHashMap;

/** The tags of a bounded number of components: names come from users, and time series cost. */
final class Tagging {
  private static final Tags OTHERS =
      Tags.of("namespace", CountBuffer.OTHERS, "component", CountBuffer.OTHERS);

  private final int most;
  private final ConcurrentHashMap<Place, Tags> tagged = new ConcurrentHashMap<>();

  private record Place(String namespace, String component) {}

  /**
   * Tags nothing yet.
   *
   * @param most how many components have tags of their own; 0 for no tags at all
   */
  Tagging(int most) {
    this.most = most;
  }

  Tags of(Subject subject) {
    if (most == 0) {
      return Tags.empty();
    }
    Place place = new Place(subject.namespace(), subject.component());
    Tags known = tagged.get(place);
    if (known != null) {
      return known;
    }
    synchronized (tagged) { // So that not more are counted than there may be.
      return tagged.size() < most
          ? tagged.computeIfAbsent(
              place,
              added -> Tags.of("namespace", added.namespace(), "component", added.component()))
          : OTHERS;
    }
  }
}
