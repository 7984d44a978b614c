package dev.taskcache.testing;

import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.key.CacheKey;
import dev.taskcache.store.WriteOutcome;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What became of one call, through whichever face: it is the same for the same situation.
 *
 * @param key what the task is called; null if it has no key
 * @param reason why the cache decided so
 * @param explanation why in full, as it was when the cache decided
 * @param ran whether the task ran
 * @param result what the caller has in the end; null if nothing, as the task failed or runs
 *     elsewhere
 * @param write what became of the result; null if nothing was to be written
 * @param failure what the task threw; null if it did not
 * @param told what listeners were told, in words: the decision, and each result that was written
 */
record Answer(
    @Nullable CacheKey key,
    Reason reason,
    Explanation explanation,
    boolean ran,
    @Nullable Object result,
    @Nullable WriteOutcome write,
    @Nullable Throwable failure,
    List<String> told) {
  /** Instants, durations, owners and seeds in messages: they are other ones each time. */
  private static final Pattern TIMES =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|PT-?[0-9.]+[HMS][0-9HMS.-]*|[0-9a-f]{8}(-[0-9a-f]+){4}|seed -?\\d+");

  /** The decision, for instance {@code miss INPUT_CHANGED}. */
  String decision() {
    String kind = reason.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return kind + " " + (reason == Reason.NO_ENTRY ? explanation.reason() : reason);
  }

  /** What became of the result, for instance {@code stored}. */
  String written() {
    return write == null ? "nothing written" : Told.of(write);
  }

  /** Everything that has to be the same, but the result; without times and owners. */
  String inWords() {
    return key
        + ", "
        + decision()
        + " ("
        + TIMES.matcher(explanation.toString()).replaceAll("…")
        + (ran ? "), ran" : "), did not run")
        + (failure == null ? "" : " and failed with " + failure)
        + ", "
        + written()
        + ", told "
        + told;
  }
}
