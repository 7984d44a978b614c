package dev.taskcache.version;

import com.google.common.collect.ImmutableList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a source answered to the question for a pipeline's versions: shared through the store.
 *
 * @param versions the newest first
 * @param leftOut ids of versions that the list left out although the source still has them
 */
record Answer(List<PipelineVersion> versions, Set<String> leftOut) {
  static final Comparator<PipelineVersion> NEWEST_FIRST =
      Comparator.comparing(PipelineVersion::createdAt)
          .thenComparing(PipelineVersion::id)
          .reversed();

  Answer {
    versions = ImmutableList.sortedCopyOf(NEWEST_FIRST, versions);
    leftOut = Set.copyOf(leftOut);
  }

  /**
   * A source's list, checked.
   *
   * @throws IllegalArgumentException if it is of another pipeline, or has an id twice
   */
  static Answer of(String pipeline, List<PipelineVersion> listed) {
    Set<String> ids = new HashSet<>();
    for (PipelineVersion each : listed) {
      if (!each.pipeline().equals(pipeline)) {
        throw new IllegalArgumentException(
            "the source was asked for " + pipeline + " and lists " + each);
      } else if (!ids.add(each.id())) {
        throw new IllegalArgumentException(
            "the source lists version " + each.id() + " of " + pipeline + " twice");
      }
    }
    return new Answer(listed, Set.of());
  }

  Optional<PipelineVersion> find(String id) {
    return versions.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  boolean hasReady() {
    return versions.stream().anyMatch(each -> each.state() == VersionState.READY);
  }

  /** As much of it as is shared: who pins an older one asks the source for it. */
  Answer newest(int most) {
    return versions.size() <= most ? this : new Answer(versions.subList(0, most), leftOut);
  }
}
