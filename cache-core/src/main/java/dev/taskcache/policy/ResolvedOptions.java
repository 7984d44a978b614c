package dev.taskcache.policy;

import dev.taskcache.explain.Level;
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
 * @param trace who decided what
 */
public record ResolvedOptions(
    Mode mode,
    @Nullable Duration oldest,
    boolean waitForRunning,
    Verification verification,
    Trust trust,
    boolean failOnStoreFailure,
    List<Setting> trace) {

  /** Copies the list. */
  public ResolvedOptions {
    trace = List.copyOf(trace);
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
    return trace.stream()
        .filter(setting -> setting.field().equals(field))
        .findFirst()
        .orElseGet(() -> new Setting(field, "", Level.LIBRARY, "not an option"));
  }
}
