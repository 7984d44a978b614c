package dev.taskcache;

import dev.taskcache.policy.Mode;
import dev.taskcache.policy.ResolvedOptions;
import java.util.random.RandomGenerator;

/** Draws the hits that are run again. As thread-safe as its generator is. */
record Sampling(RandomGenerator lots) {

  boolean draws(ResolvedOptions options) {
    double share = options.reproducibility();
    return share > 0
        && options.mode() == Mode.READ_WRITE
        && (share >= 1 || lots.nextDouble() < share);
  }
}
