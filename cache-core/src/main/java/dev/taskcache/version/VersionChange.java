package dev.taskcache.version;

import com.google.common.base.Suppliers;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A selection means another version than before. {@code toString()} is one readable paragraph.
 * Thread-safe.
 */
public final class VersionChange {
  private final VersionSelection selection;
  private final PipelineVersion from;
  private final PipelineVersion to;
  private final Supplier<Optional<PipelineChange>> changes;

  VersionChange(
      VersionSelection selection,
      PipelineVersion from,
      PipelineVersion to,
      Supplier<Optional<PipelineChange>> changes) {
    this.selection = selection;
    this.from = from;
    this.to = to;
    this.changes = Suppliers.memoize(changes::get);
  }

  /**
   * The selection.
   *
   * @return what was asked for
   */
  public VersionSelection selection() {
    return selection;
  }

  /**
   * What it meant before.
   *
   * @return the version, with its digest
   */
  public PipelineVersion from() {
    return from;
  }

  /**
   * What it means now.
   *
   * @return the version, with its digest; the same id as before if its content was replaced
   */
  public PipelineVersion to() {
    return to;
  }

  /**
   * What differs between them. The first call may ask store and source, and blocks for that; no
   * other does, and none fails.
   *
   * @return empty if one of them cannot be read any more
   */
  public Optional<PipelineChange> changes() {
    return changes.get();
  }

  @Override
  public String toString() {
    return from.pipeline()
        + " ("
        + selection
        + "): version "
        + from.id()
        + " -> "
        + to.id()
        + " ("
        + from.digest()
        + " -> "
        + to.digest()
        + "), which changes "
        + changes().map(PipelineChange::toString).orElse("what cannot be read any more");
  }
}
