package dev.taskcache.jdbc;

/**
 * What a figure must not cross.
 *
 * @param value the limit itself; not a number for none
 * @param least whether the figure must be at least that, or at most
 */
record Limit(double value, boolean least) {
  static final Limit NONE = new Limit(Double.NaN, true);

  static Limit atLeast(double value) {
    return new Limit(value, true);
  }

  static Limit atMost(double value) {
    return new Limit(value, false);
  }

  String met(double figure) {
    return Double.isNaN(value) ? "" : (least ? figure >= value : figure <= value) ? "yes" : "no";
  }

  @Override
  public String toString() {
    return Double.isNaN(value) ? "" : (least ? "at least " : "at most ") + Table.text(value);
  }
}
