package dev.taskcache.examples;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The times of a cron expression, in whole seconds (docs/decisions/0740).
 *
 * @param times what knows them
 * @param zone in which they are meant
 */
record CronTimes(ExecutionTime times, ZoneId zone) {
  private static final int UNIX_FIELDS = 5;

  /**
   * Reads an expression: five fields as UNIX has them, six or seven as Quartz does, the first of
   * them seconds.
   *
   * @throws BadInputException if it is none, or no time to come matches it
   */
  static CronTimes parse(String text, ZoneId zone) {
    String trimmed = text.strip();
    CronType type = trimmed.split("\\s+").length == UNIX_FIELDS ? CronType.UNIX : CronType.QUARTZ;
    CronTimes read;
    try {
      CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(type));
      read = new CronTimes(ExecutionTime.forCron(parser.parse(trimmed).validate()), zone);
    } catch (IllegalArgumentException e) {
      throw BadInputException.ofOption("--cron", "\"" + text + "\": " + e.getMessage());
    }
    if (read.next(Instant.now()) == null) {
      throw BadInputException.ofOption("--cron", "\"" + text + "\" matches no time to come");
    }
    return read;
  }

  /** The first time after that one; null if there is none. */
  @Nullable Instant next(Instant after) {
    return times
        .nextExecution(after.truncatedTo(ChronoUnit.SECONDS).atZone(zone))
        .map(found -> found.toInstant().truncatedTo(ChronoUnit.SECONDS))
        .orElse(null);
  }

  /** The last times after one and not after the other, the earliest first. */
  List<Instant> between(Instant after, Instant until, int most) {
    LinkedList<Instant> found = new LinkedList<>();
    Instant end = until.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    while (found.size() < most) {
      Instant last =
          times
              .lastExecution(end.atZone(zone))
              .map(each -> each.toInstant().truncatedTo(ChronoUnit.SECONDS))
              .orElse(null);
      if (last == null || !last.isAfter(after) || !last.isBefore(end)) {
        break;
      }
      found.addFirst(last);
      end = last;
    }
    return List.copyOf(found);
  }
}
