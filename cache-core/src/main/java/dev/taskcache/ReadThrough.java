package dev.taskcache;

import dev.taskcache.DecisionPath.Decided;
import dev.taskcache.Judge.Look;
import dev.taskcache.Judge.Rejection;
import dev.taskcache.Judge.Verdict;
import dev.taskcache.explain.Reason;
import dev.taskcache.policy.Mode;
import dev.taskcache.store.CacheStore;
import dev.taskcache.store.EntryHeader;
import dev.taskcache.store.EntryId;
import dev.taskcache.store.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The namespaces that a request's own one reads through to: asked in their order when the own one
 * has nothing for it, and never written to. Thread-safe.
 */
final class ReadThrough {
  private final CacheStore store;
  private final Judge judge;
  private final Administration administration;

  ReadThrough(CacheStore store, Judge judge, Administration administration) {
    this.store = store;
    this.judge = judge;
    this.administration = administration;
  }

  /**
   * What the other namespaces have: a hit, or why there is none; both null if they have nothing.
   */
  record Elsewhere<T extends @Nullable Object>(
      @Nullable Decided<T> hit, @Nullable Rejection rejection) {

    /** A miss says what was wrong elsewhere only where its own namespace has nothing to say. */
    Rejection or(Rejection own) {
      return rejection != null && own.miss() == Reason.NO_ENTRY ? rejection : own;
    }
  }

  /** Asks one namespace after the other. Throws what the store throws. */
  <T extends @Nullable Object> Elsewhere<T> look(Asked<T> asked) {
    Rejection first = null;
    for (String source : sources(asked)) {
      Asked<T> there = in(source, asked);
      if (there.options().mode() == Mode.OFF) {
        continue;
      }
      Verdict<T> verdict =
          judge.judge(there, store.find(there.id()), Reason.READ_THROUGH, Judge.ANY_FENCE);
      if (verdict.hit() != null) {
        return new Elsewhere<>(verdict.hit(), null);
      }
      first = first == null ? elsewhere(source, verdict.rejection()) : first;
    }
    return new Elsewhere<>(null, first);
  }

  private List<String> sources(Asked<?> asked) {
    return asked.options().mode() == Mode.REFRESH // It reuses nothing.
        ? List.of()
        : administration.sources(asked.id().namespace());
  }

  private <T extends @Nullable Object> Asked<T> in(String source, Asked<T> asked) {
    return asked.in(source, asked.request().options(administration, source));
  }

  private static @Nullable Rejection elsewhere(String source, Rejection rejection) {
    return rejection.miss() == Reason.NO_ENTRY
        ? null
        : new Rejection(rejection.miss(), "in " + source + ": " + rejection.detail(), null);
  }

  /** Replaces the decisions that are no hits by what other namespaces could serve. */
  void plan(List<Asked<?>> asked, List<CacheDecision> decisions) {
    List<List<EntryId>> wanted = new ArrayList<>();
    for (int i = 0; i < decisions.size(); i++) {
      Asked<?> each = asked.get(i);
      boolean hit = decisions.get(i) instanceof CacheDecision.Hit;
      wanted.add(
          hit
              ? List.of()
              : sources(each).stream().map(name -> new EntryId(name, each.id().key())).toList());
    }
    List<EntryId> ids = wanted.stream().flatMap(List::stream).distinct().toList();
    Map<EntryId, Found<EntryHeader>> found = ids.isEmpty() ? Map.of() : store.findAll(ids);
    for (int i = 0; i < decisions.size(); i++) {
      for (EntryId id : wanted.get(i)) {
        CacheDecision hit = hit(asked.get(i), found.getOrDefault(id, Found.nothing()));
        if (hit != null) {
          decisions.set(i, hit);
          break;
        }
      }
    }
  }

  private @Nullable CacheDecision hit(Asked<?> asked, Found<EntryHeader> found) {
    EntryHeader header = found.storedEntry();
    if (header == null) {
      return null;
    }
    Asked<?> there = in(header.id().namespace(), asked);
    if (there.options().mode() == Mode.OFF) {
      return null;
    }
    Look look = judge.look(there, header, found.readAt(), Judge.ANY_FENCE);
    return look.rejection() == null
        ? new CacheDecision.Hit(
            asked.subject(), Reason.READ_THROUGH, header, null, look.signedBy(), found.readAt())
        : null;
  }
}
