package dev.taskcache.version;

import java.util.List;

/**
 * Which version a selection means now, and why. {@code toString()} is one readable paragraph.
 *
 * @param selection what was asked for
 * @param version what it means
 * @param reason why
 * @param information what that goes by
 * @param refusals versions that would have come before it
 */
public record Resolution(
    VersionSelection selection,
    PipelineVersion version,
    VersionReason reason,
    Information information,
    List<Refusal> refusals) {

  /** Copies. */
  public Resolution {
    refusals = List.copyOf(refusals);
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(version.pipeline())
            .append(" (")
            .append(selection)
            .append("): version ")
            .append(version.id())
            .append(" of ")
            .append(version.createdAt())
            .append(", because ")
            .append(reason.meaning())
            .append("; ")
            .append(information)
            .append('.');
    refusals.forEach(each -> text.append(" Not ").append(each).append('.'));
    return text.toString();
  }
}
