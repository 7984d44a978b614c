package dev.taskcache.testing;

import org.jspecify.annotations.Nullable;

/**
 * What one id holds, when one call comes after another and no time passes: the model that
 * concurrent histories are compared with.
 *
 * @param fence the newest lease's
 * @param owner who holds that lease; null if nobody does
 * @param entryFence the entry's; zero if there is none
 * @param text what the entry says; empty if there is none
 * @param invalidatedBy who made it that there is none; null if there is one, or never was
 */
record KeyState(
    long fence,
    @Nullable String owner,
    long entryFence,
    String text,
    @Nullable String invalidatedBy) {
  static final KeyState EMPTY = new KeyState(0, null, 0, "", null);

  /** The state after a call; null if the call is answered otherwise in this state. */
  @Nullable KeyState after(KeyCall call) {
    if (call instanceof KeyCall.Claim claim) {
      return claimed(claim);
    } else if (call instanceof KeyCall.Renew renew) {
      return renew.held() == held(renew.owner(), renew.fence()) ? this : null;
    } else if (call instanceof KeyCall.Publish publish) {
      return published(publish);
    } else if (call instanceof KeyCall.Abandon abandon) {
      boolean held = held(abandon.owner(), abandon.fence());
      return abandon.held() != held ? null : held ? with(null, entryFence, text) : this;
    } else if (call instanceof KeyCall.Find find) {
      return find.answer().equals(seen()) ? this : null;
    }
    return invalidated((KeyCall.Invalidate) call);
  }

  private boolean held(String by, long under) {
    return by.equals(owner) && under == fence;
  }

  private KeyState with(@Nullable String newOwner, long newEntry, String newText) {
    return new KeyState(fence, newOwner, newEntry, newText, newEntry == 0 ? invalidatedBy : null);
  }

  private @Nullable KeyState claimed(KeyCall.Claim claim) {
    boolean mine = claim.owner().equals(owner);
    boolean free = owner == null || mine;
    boolean claimable = free && (entryFence == 0 || entryFence == claim.rejected());
    if (claim.fence() == 0) {
      return claimable ? null : this;
    } else if (!claimable || (mine ? claim.fence() != fence : claim.fence() <= fence)) {
      return null;
    }
    return new KeyState(claim.fence(), claim.owner(), entryFence, text, invalidatedBy);
  }

  private @Nullable KeyState published(KeyCall.Publish publish) {
    boolean held = held(publish.owner(), publish.fence());
    KeyState after = held ? with(null, publish.fence(), publish.text()) : this;
    String answer;
    if (after.entryFence == publish.fence()) {
      answer = "stored " + after.entry();
    } else {
      answer =
          entryFence > publish.fence() ? "already stored " + entry() : "superseded by " + owner;
    }
    return publish.answer().equals(answer) ? after : null;
  }

  private @Nullable KeyState invalidated(KeyCall.Invalidate invalidate) {
    boolean hit = owner != null || entryFence != 0;
    if (invalidate.hit() != (hit ? 1 : 0)) {
      return null;
    }
    return hit ? new KeyState(fence, null, 0, "", invalidate.by()) : this;
  }

  private String entry() {
    return entryFence + " Text[value=" + text + "]";
  }

  private String seen() {
    return (entryFence == 0 ? "nothing" : entry())
        + (" held by " + owner)
        + (" as " + (owner == null ? 0 : fence))
        + (" invalidated by " + invalidatedBy);
  }
}
