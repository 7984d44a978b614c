package dev.taskcache;

import dev.taskcache.event.DecisionEvent;
import dev.taskcache.explain.Difference;
import dev.taskcache.explain.Explanation;
import dev.taskcache.explain.Reason;
import dev.taskcache.explain.Subject;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One line for each decision, hits at DEBUG and all others at INFO: {@code key=value} pairs in a
 * fixed order, quoted where a value needs it, absent ones left out. Never the value of an input.
 * Thread-safe.
 */
final class DecisionLog {
  private static final int MOST_DIFFERENCES = 8;
  private static final long NANOS_PER_MICRO = 1_000;

  private final Logger logger;

  DecisionLog(Logger logger) {
    this.logger = logger;
  }

  /** Whether there is a line for decisions of that reason. */
  boolean writes(Reason reason) {
    return reason.kind() == Reason.Kind.HIT ? logger.isDebugEnabled() : logger.isInfoEnabled();
  }

  void decided(DecisionEvent event) {
    // The line of a miss asks for its explanation, and so the store: only where it is written.
    if (!writes(event.reason())) {
      return;
    } else if (event.reason().kind() == Reason.Kind.HIT) {
      logger.debug(line(event));
    } else {
      logger.info(line(event));
    }
  }

  static String line(DecisionEvent event) {
    Line line = new Line();
    Subject subject = event.subject();
    line.put("decision", event.reason().kind().name().toLowerCase(Locale.ROOT));
    line.put("reason", event.reason());
    Explanation explanation = event.reason().kind() == Reason.Kind.HIT ? null : event.explanation();
    if (explanation != null && explanation.reason() != event.reason()) {
      line.put("because", explanation.reason());
    }
    line.put("namespace", subject.namespace());
    line.put("component", subject.component());
    line.put("pipeline", subject.task().pipeline());
    line.put("run", subject.task().run());
    line.put("task", subject.task().task());
    line.put("key", subject.key());
    line.put("option", event.setting().field() + ":" + event.setting().value());
    line.put("level", event.setting().level());
    line.put("where", event.setting().where());
    line.put("took_us", event.took().toNanos() / NANOS_PER_MICRO);
    line.put("waited_ms", event.waited().isZero() ? null : event.waited().toMillis());
    if (event.entry() != null) {
      line.put("saved_ms", event.entry().duration().toMillis());
      line.put("stored_at", event.entry().createdAt());
      line.put("stored_by", event.entry().producer().run());
    }
    if (explanation != null) {
      explained(line, explanation);
    }
    return line.toString();
  }

  private static void explained(Line line, Explanation explanation) {
    if (explanation.nearest() != null) {
      line.put("earlier_run", explanation.nearest().producer().run());
      // The places only: a difference's text may have the values.
      line.put(
          "differs",
          explanation.differences().stream()
              .limit(MOST_DIFFERENCES)
              .map(Difference::what)
              .collect(Collectors.joining(", ")));
      int more = explanation.differences().size() - MOST_DIFFERENCES;
      line.put("differs_more", more > 0 ? more : null);
    }
    line.put("detail", explanation.note().isEmpty() ? null : explanation.note());
  }

  /** The pairs so far. */
  private static final class Line {
    private final StringBuilder text = new StringBuilder();

    void put(String name, @Nullable Object value) {
      if (value == null) {
        return;
      }
      text.append(text.isEmpty() ? "" : " ").append(name).append('=');
      String plain = value.toString();
      if (!plain.isEmpty() && plain.chars().allMatch(Line::isPlain)) {
        text.append(plain);
      } else {
        quoted(plain);
      }
    }

    private static boolean isPlain(int each) {
      return each > ' ' && each != '"' && each != '=' && each != '\\' && each != 0x7f;
    }

    /** So that no name can end the line, or begin a pair of its own. */
    private void quoted(String plain) {
      text.append('"');
      plain
          .chars()
          .forEach(
              each -> {
                if (each == '"' || each == '\\') {
                  text.append('\\').append((char) each);
                } else if (Character.isISOControl(each) || each == 0x2028 || each == 0x2029) {
                  text.append(String.format(Locale.ROOT, "\\u%04x", each));
                } else {
                  text.append((char) each);
                }
              });
      text.append('"');
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
