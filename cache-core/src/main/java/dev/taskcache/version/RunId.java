package dev.taskcache.version;

import com.google.common.base.Ascii;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Ids of runs, which everybody computes alike from what the run is for. */
final class RunId {
  private static final int MOST_OF_NAME = 29;
  private static final DateTimeFormatter SLOT =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunId() {}

  /** At most 63 characters, a DNS label, as names in Kubernetes have to be. */
  static String of(String namespace, String schedule, Instant slot) {
    String whole = namespace + '\0' + schedule + '\0' + slot;
    String digest = Hashing.sha256().hashString(whole, StandardCharsets.UTF_8).toString();
    String name = Ascii.toLowerCase(schedule).replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "");
    String begin = name.substring(0, Math.min(MOST_OF_NAME, name.length()));
    return "run-" + begin + "-" + SLOT.format(slot) + "-" + digest.substring(0, 12);
  }
}
