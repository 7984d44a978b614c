package dev.taskcache.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The components whose results are not reused until somebody clears them, because one of their
 * tasks gave two results. Kept with the entries, so that all processes keep to it. Thread-safe;
 * fails as {@link CacheStore} does.
 */
public interface ReuseStops {
  /** For stores that cannot keep any: nothing is stopped. */
  ReuseStops NONE =
      new ReuseStops() {
        @Override
        public void stop(String namespace, String component, String by) {
          throw new StoreException("this store cannot stop the reuse of a component");
        }

        @Override
        public boolean clear(String namespace, String component) {
          return false;
        }

        @Override
        public Optional<Stop> find(String namespace, String component) {
          return Optional.empty();
        }

        @Override
        public List<Stop> list(String namespace) {
          return List.of();
        }
      };

  /**
   * Stops the reuse of a component: from when this returns on no lease is given for it, none of its
   * results is stored, and those that were are invalid. Stopping again replaces who says so.
   *
   * @param namespace whose results
   * @param component the component, as {@link Claim#component} has it
   * @param by who says so and why, for explanations
   */
  void stop(String namespace, String component, String by);

  /**
   * Lets a component be reused again; what was invalid stays so.
   *
   * @param namespace whose results
   * @param component the component
   * @return false if it was not stopped
   */
  boolean clear(String namespace, String component);

  /**
   * Whether a component is stopped.
   *
   * @param namespace whose results
   * @param component the component
   * @return who stopped it and when; empty if nobody did
   */
  Optional<Stop> find(String namespace, String component);

  /**
   * All that is stopped in a namespace.
   *
   * @param namespace whose results
   * @return in the order of the components' names
   */
  List<Stop> list(String namespace);

  /**
   * A component that is stopped.
   *
   * @param component the component
   * @param by who says so and why
   * @param at since when, by the store's clock
   */
  record Stop(String component, String by, Instant at) {
    @Override
    public String toString() {
      return component + " since " + at + ": " + by;
    }
  }
}
