package dev.taskcache.policy;

import dev.taskcache.explain.Level;
import dev.taskcache.explain.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options that apply to a task, and who decided each of them. Immutable and thread-safe.
 *
 * @param mode what the task may do with the cache
 * @param oldest how old a result may be that is reused, by the store's clock; null for any age
 * @param waitForRunning whether to wait for another's run of the same task
 * @param verification how closely artifacts are looked at
 * @param trust whose entries are served
 * @param failOnStoreFailure whether a store that fails is an exception
 * @param reproducibility the share of hits that are run again for comparison, from 0 to 1
 * @param stopWhenNotReproducible whether a component of which that gave another result is not
 *     reused any more
 * @param trace who decided what
 * @param overruled what was asked for and a limit does not allow; empty if the limits allow all
 */
public record ResolvedOptions(
    Mode mode,
    @Nullable Duration oldest,
    boolean waitForRunning,
    Verification verification,
    Trust trust,
    boolean failOnStoreFailure,
    double reproducibility,
    boolean stopWhenNotReproducible,
    List<Setting> trace,
    List<Overruled> overruled) {

  /** Copies the lists. */
  public ResolvedOptions {
    trace = List.copyOf(trace);
    overruled = List.copyOf(overruled);
  }

  /**
   * Whether results are stored and leases claimed.
   *
   * @return true for {@link Mode#READ_WRITE} and {@link Mode#REFRESH}
   */
  public boolean writes() {
    return mode == Mode.READ_WRITE || mode == Mode.REFRESH;
  }

  /**
   * How old a result may be that is reused.
   *
   * @return empty for any age
   */
  public Optional<Duration> maxAge() {
    return Optional.ofNullable(oldest);
  }

  /**
   * Who decided an option.
   *
   * @param field the option's name, for instance {@code mode}
   * @return for instance {@code mode = OFF (TASK, pipeline.yaml:12)}
   */
  public Setting setting(String field) {
    for (int i = 0; i < trace.size(); i++) { // Asked for with each decision: no iterator.
      if (trace.get(i).field().equals(field)) {
        return trace.get(i);
      }
    }
    return new Setting(field, "", Level.LIBRARY, "not an option");
  }

  /**
   * The option that a decision comes down to, and who set it. Allocates nothing.
   *
   * @param reason the decision's reason
   * @return {@code maxAge} for an entry that is too old, {@code verification} for one whose
   *     artifacts are not good, {@code reproducibility} for a sample, and so on; {@code mode} for
   *     whatever no other option has to do with
   */
  public Setting decidedBy(Reason reason) {
    return setting(
        switch (reason) {
          case ENTRY_TOO_OLD -> "maxAge";
          case OUTPUT_MISSING, OUTPUT_CHANGED, VERIFICATION_FAILED -> "verification";
          case NOT_SIGNED, SIGNER_UNKNOWN, WRONGLY_SIGNED -> "trust";
          case WAIT_TIMED_OUT, RUNNING_ELSEWHERE -> "waitForRunning";
          case STORE_FAILED -> "failOnStoreFailure";
          case REPRODUCIBILITY_SAMPLE -> "reproducibility";
          default -> "mode";
        });
  }
}
