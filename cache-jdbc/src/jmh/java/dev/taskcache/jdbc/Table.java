package dev.taskcache.jdbc;

import java.util.Arrays;
import java.util.Locale;

/** The table that the benchmarks print, row after row as they are measured. */
final class Table {
  void begin() {
    System.out.println(
        "| what | target | median | lowest to highest | met |\n|---|---|---|---|---|");
  }

  /** One figure, measured several times. */
  void row(String what, Limit limit, double... measured) {
    double[] sorted = measured.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    String range =
        sorted.length == 1 ? "" : text(sorted[0]) + " to " + text(sorted[sorted.length - 1]);
    System.out.println(
        String.join(
            " | ", "| " + what, limit.toString(), text(median), range, limit.met(median) + " |"));
  }

  /** What is reported beside the figures. */
  void note(String what, String value) {
    System.out.println(String.join(" | ", "| " + what, "", value, "", " |"));
  }

  static String text(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
  }
}
