package dev.taskcache.examples;

import dev.taskcache.CacheDecision;
import dev.taskcache.explain.Reason;
import dev.taskcache.kfp.KfpSkipped;
import dev.taskcache.policy.ResolvedOptions;
import dev.taskcache.policy.Setting;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a run or plan.
 *
 * @param task the task's path
 * @param verdict what became of it
 * @param reason why, as the name of a constant
 * @param setting the option that decided, and which level set it; null where the cache was not
 *     asked
 * @param key its cache key; null if it has none
 * @param time how long it took here, waiting included
 * @param saved how long its recorded run took; null unless it did not have to be repeated
 * @param message what else there is to say; may be empty
 * @param log the end of what a failed command printed
 */
record TaskResult(
    String task,
    Verdict verdict,
    String reason,
    @Nullable Setting setting,
    @Nullable String key,
    Duration time,
    @Nullable Duration saved,
    String message,
    List<String> log) {

  static TaskResult decided(
      String task,
      CacheDecision decision,
      ResolvedOptions options,
      WriteOutcome write,
      Duration time) {
    Duration saved = null;
    String message = "";
    if (decision instanceof CacheDecision.Hit hit) {
      saved = hit.header().map(EntryHeader::duration).orElse(null);
    } else if (decision instanceof CacheDecision.Miss miss) {
      message = written(write).orElseGet(() -> explained(miss));
    } else {
      message = decision.message();
    }
    return new TaskResult(
        task,
        verdict(decision),
        reason(decision).name(),
        options.decidedBy(decision.reason()),
        key(decision),
        time,
        saved,
        message,
        List.of());
  }

  /** What a plan says of a task: as {@link #decided}, but nothing was executed or written. */
  static TaskResult planned(
      String task, CacheDecision decision, ResolvedOptions options, @Nullable String equalTask) {
    if (equalTask != null) {
      return new TaskResult(
          task,
          Verdict.WAITED,
          Reason.RUN_BY_ANOTHER.name(),
          options.decidedBy(Reason.RUN_BY_ANOTHER),
          key(decision),
          Duration.ZERO,
          null,
          "is the same as " + equalTask,
          List.of());
    }
    return decided(task, decision, options, new WriteOutcome.NotAttempted(""), Duration.ZERO);
  }

  static TaskResult failed(
      String task, @Nullable String key, Duration time, TaskFailedException failure) {
    return new TaskResult(
        task,
        Verdict.FAILED,
        failure.why().name(),
        null,
        key,
        time,
        null,
        failure.problemOf(task),
        failure.log());
  }

  static TaskResult skipped(KfpSkipped skipped) {
    Verdict verdict =
        switch (skipped.why()) {
          case INVALID -> Verdict.FAILED;
          case UNKNOWN -> Verdict.UNKNOWN;
          case CONDITION_FALSE, UPSTREAM_SKIPPED, UPSTREAM_FAILED -> Verdict.SKIPPED;
        };
    return new TaskResult(
        skipped.path(),
        verdict,
        skipped.why().name(),
        null,
        null,
        Duration.ZERO,
        null,
        skipped.message(),
        List.of());
  }

  /** Of a miss, what differs from an earlier result says more than that nothing is stored. */
  private static Reason reason(CacheDecision decision) {
    return decision instanceof CacheDecision.Miss miss
        ? miss.explanation().reason()
        : decision.reason();
  }

  private static String explained(CacheDecision.Miss miss) {
    boolean first = miss.explanation().reason() == Reason.NO_EARLIER_RESULT;
    return first ? "" : miss.message();
  }

  private static Verdict verdict(CacheDecision decision) {
    return switch (decision.reason().kind()) {
      case HIT -> decision.reason() == Reason.RUN_BY_ANOTHER ? Verdict.WAITED : Verdict.HIT;
      case MISS -> Verdict.MISS;
      case IN_FLIGHT -> Verdict.WAITED;
      case BYPASS -> Verdict.BYPASS;
    };
  }

  private static Optional<String> written(WriteOutcome write) {
    if (write instanceof WriteOutcome.Compared compared) {
      return Optional.of(
          compared.same()
              ? "was executed again, and gave the recorded result"
              : "was executed again, and gave another result than the recorded one, which is used: "
                  + compared.stored()
                  + " is recorded, "
                  + compared.rerun()
                  + " came now");
    } else if (write instanceof WriteOutcome.NotEncodable refused) {
      return Optional.of("not stored: " + refused.message());
    } else if (write instanceof WriteOutcome.TooLarge large) {
      return Optional.of("not stored: " + large.bytes() + " bytes are more than " + large.limit());
    } else if (write instanceof WriteOutcome.StoreFailed failed) {
      return Optional.of("not stored: " + failed.message());
    } else if (write instanceof WriteOutcome.Superseded lost) {
      return Optional.of(
          "not stored: its lease was lost"
              + (lost.owner() == null ? "" : ", and another process runs it now"));
    } else if (write instanceof WriteOutcome.AlreadyStored) {
      return Optional.of("not stored: another process was faster, whose result is used");
    }
    return Optional.empty();
  }

  private static @Nullable String key(CacheDecision decision) {
    return decision.subject().key() == null ? null : decision.subject().key().toString();
  }
}
