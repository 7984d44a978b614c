package dev.taskcache.version;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version that can be run at once, as it is compiled. {@code toString()} is one readable
 * paragraph. Immutable and thread-safe.
 */
public final class ReadyVersion {
  private final VersionSelection selection;
  private final PipelineVersion version;
  private final byte[] compiled;
  private final VersionReason reason;
  private final Information information;
  private final @Nullable String awaited;

  ReadyVersion(
      VersionSelection selection,
      PipelineVersion version,
      byte[] compiled,
      VersionReason reason,
      Information information,
      @Nullable String awaited) {
    this.selection = selection;
    this.version = version;
    this.compiled = compiled;
    this.reason = reason;
    this.information = information;
    this.awaited = awaited;
  }

  /**
   * What was asked for.
   *
   * @return the selection
   */
  public VersionSelection selection() {
    return selection;
  }

  /**
   * What is to be run.
   *
   * @return the version
   */
  public PipelineVersion version() {
    return version;
  }

  /**
   * Its compiled form.
   *
   * @return what the compiler made; a copy
   */
  public byte[] compiled() {
    return compiled.clone();
  }

  /**
   * Why this one.
   *
   * @return the reason
   */
  public VersionReason reason() {
    return reason;
  }

  /**
   * What that goes by.
   *
   * @return origin and age
   */
  public Information information() {
    return information;
  }

  /**
   * What would be run instead if it could be, and what prevents it.
   *
   * @return empty where the version is the one that is selected
   */
  public Optional<String> awaited() {
    return Optional.ofNullable(awaited);
  }

  @Override
  public String toString() {
    return version.pipeline()
        + " ("
        + selection
        + "): version "
        + version.id()
        + ", because "
        + reason.meaning()
        + (awaited == null ? "" : " (" + awaited + ")")
        + "; "
        + information
        + '.';
  }
}
