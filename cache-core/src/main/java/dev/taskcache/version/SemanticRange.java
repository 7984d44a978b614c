package dev.taskcache.version;

import java.util.Optional;
import java.util.regex.Pattern;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/** A range of semantic versions, in npm's notation; only this class knows who reads it. */
final class SemanticRange {
  private static final String NUMBER =
      "v?[0-9xX*]+(\\.[0-9xX*]+(\\.[0-9xX*]+(-[0-9A-Za-z.-]+)?)?)?";
  private static final String BOUND = "(\\^|~|>=|<=|>|<|=)? ?" + NUMBER;
  private static final String BOUNDS =
      "(" + NUMBER + " - " + NUMBER + "|" + BOUND + "( " + BOUND + ")*)";

  /** The library leaves out what it cannot read, which would make a range wider than was meant. */
  private static final Pattern WHOLE = Pattern.compile(BOUNDS + "( ?\\|\\| ?" + BOUNDS + ")*");

  private final RangeList ranges;

  private SemanticRange(RangeList ranges) {
    this.ranges = ranges;
  }

  static SemanticRange parse(String text) {
    if (!WHOLE.matcher(text.strip()).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no range of versions; write for instance ^1.4 or >=2 <3");
    }
    return new SemanticRange(RangeListFactory.create(text.strip()));
  }

  /** A version's number; empty if it has none, or one that is not of semver.org. */
  static Optional<Semver> number(PipelineVersion version) {
    return version.number().map(Semver::parse);
  }

  boolean contains(Semver number) {
    return number.satisfies(ranges);
  }

  /** Whether the higher number promises to take and give what the lower one does. */
  static boolean promisesCompatibility(Semver lower, Semver higher) {
    return lower.getMajor() == higher.getMajor()
        && (lower.getMajor() > 0 || lower.getMinor() == higher.getMinor());
  }
}
