package dev.taskcache.explain;

/** Why a decision is what it is: a closed set, each with what it means and what to do about it. */
public enum Reason {
  /** Hit: the store has an entry under the key. */
  ENTRY_FOUND(Kind.HIT, "the store has an entry under this key", "nothing to do"),
  /** Hit: another caller was running the same task, and this one waited for its result. */
  RUN_BY_ANOTHER(
      Kind.HIT,
      "another caller was running the same task, and this one received its result",
      "nothing to do"),
  /** Hit: another namespace that this one reads through to has an entry under the key. */
  READ_THROUGH(
      Kind.HIT,
      "another namespace, which this one reads through to, has an entry under this key",
      "nothing to do: it is served from there, and not copied"),
  /** Miss: nothing is stored under the key; the explanation says what differs. */
  NO_ENTRY(
      Kind.MISS,
      "nothing is stored under this key",
      "if you expected a hit, read the explanation, which names what differs"),
  /** Explains a miss: nothing is stored for the component in the namespace. */
  NO_EARLIER_RESULT(
      Kind.MISS,
      "no earlier result of this component is stored in this namespace",
      "nothing to do if it never ran here; else compare component name and namespace"),
  /** Explains a miss: the component differs. */
  COMPONENT_CHANGED(
      Kind.MISS,
      "the component's command, arguments, environment or platform differ",
      "undo the change if it cannot change results, or move it into an ignored input"),
  /** Explains a miss: the image differs. */
  IMAGE_CHANGED(
      Kind.MISS,
      "the image is another one",
      "pin the image by the digest that the earlier run had, if it is meant to be the same"),
  /** Explains a miss: the version differs. */
  VERSION_CHANGED(
      Kind.MISS,
      "the version of the code is another one",
      "keep the version where the results stay the same"),
  /** Explains a miss: an input differs. */
  INPUT_CHANGED(
      Kind.MISS,
      "an input differs",
      "ignore the input if it cannot change results, or make its value stable"),
  /** Explains a miss: the names or types of the outputs differ. */
  OUTPUT_SCHEMA_CHANGED(
      Kind.MISS,
      "the names or types of the outputs differ",
      "nothing to do: an earlier result would not fit"),
  /** Explains a miss: what a policy contributes differs. */
  POLICY_CHANGED(
      Kind.MISS, "what a policy contributes differs", "look at the policy that the message names"),
  /** Explains a miss: the custom key differs. */
  CUSTOM_KEY_CHANGED(
      Kind.MISS,
      "the custom key is another one",
      "give the same custom key where results are to be shared"),
  /** Miss: the entry's time is over. */
  ENTRY_EXPIRED(
      Kind.MISS,
      "the entry that was stored under this key has expired",
      "nothing to do: this run's result replaces the entry; else let entries live longer"),
  /** Miss: somebody declared the entry invalid. */
  INVALIDATED(
      Kind.MISS,
      "the entry that was stored under this key was declared invalid",
      "nothing to do: this run's result replaces it; the message names who did it, and when"),
  /** Miss: the stored row is damaged, or of a version that this code does not know. */
  ENTRY_DAMAGED(
      Kind.MISS,
      "the stored entry is damaged or of an unknown version",
      "nothing to do: this run's result replaces the entry; find out who else writes that table"),
  /** Miss: the entry has no signature where one is required. */
  NOT_SIGNED(
      Kind.MISS,
      "the stored entry is not signed, and a signature is required",
      "give whoever writes that namespace a signer; this run's result replaces an entry of its own"
          + " namespace"),
  /** Miss: the entry is signed with a key that is not trusted in its namespace. */
  SIGNER_UNKNOWN(
      Kind.MISS,
      "the stored entry is signed with a key that is not trusted for its namespace",
      "trust the key that the message names, if it is one of yours; else find out who has written"
          + " there"),
  /** Miss: the entry is not what its signature says, or the key's signature is another one. */
  WRONGLY_SIGNED(
      Kind.MISS,
      "the stored entry's signature is wrong",
      "find out who has altered the entry, or signs with another key under the same id"),
  /** Miss: an artifact that the entry refers to is gone. */
  OUTPUT_MISSING(
      Kind.MISS,
      "an artifact that the entry refers to is gone",
      "nothing to do: this run's result replaces the entry; keep artifacts as long as entries"),
  /** Miss: an artifact that the entry refers to is not what it was. */
  OUTPUT_CHANGED(
      Kind.MISS,
      "an artifact that the entry refers to has another content than it had",
      "nothing to do: this run's result replaces the entry; never change a published artifact"),
  /** Miss: whether the artifacts that the entry refers to are good could not be found out. */
  VERIFICATION_FAILED(
      Kind.MISS,
      "whether the artifacts that the entry refers to are good could not be found out",
      "look at what the verifier says; this run's result replaces the entry"),
  /** Miss: the entry is older than the caller accepts. */
  ENTRY_TOO_OLD(
      Kind.MISS,
      "the stored entry is older than this caller accepts",
      "nothing to do: this run's result replaces the entry; else raise the maximum age"),
  /** Miss: the caller wanted the task to run and its result to be replaced. */
  REFRESH_REQUESTED(
      Kind.MISS,
      "this caller wants the task to run whatever is stored",
      "nothing to do: this run's result replaces the entry"),
  /** Miss: the stored outputs cannot be read as what the caller asked for. */
  ENTRY_UNREADABLE(
      Kind.MISS,
      "the stored outputs cannot be read as the requested type",
      "nothing to do: this run's result replaces the entry"),
  /** Miss: the store failed, so the task runs without it. */
  STORE_FAILED(
      Kind.MISS,
      "the store did not answer, so the task runs without it",
      "look at the store's error; nothing is stored for this run"),
  /** Miss: the caller waited for another's run as long as it wanted to. */
  WAIT_TIMED_OUT(
      Kind.MISS,
      "another caller was still running the same task when the longest wait was over",
      "raise the longest wait, or find out why the other run takes so long"),
  /** In flight: another caller is running the same task. */
  RUNNING_ELSEWHERE(
      Kind.IN_FLIGHT,
      "another caller is running the same task",
      "wait for its result, or ask again when its lease has ended"),
  /** Bypass: caching is switched off for the task. */
  CACHING_OFF(
      Kind.BYPASS,
      "caching is switched off for this task",
      "switch it on where the message says it is off"),
  /** Bypass: the image is a tag that nothing resolves to a digest. */
  IMAGE_NOT_RESOLVED(
      Kind.BYPASS,
      "the image is a tag, and nothing says which image that tag means",
      "pin the image by its digest, or give a resolver that knows the tag"),
  /** Bypass: the task's command contains something that is different in every run. */
  RUN_SPECIFIC(
      Kind.BYPASS,
      "the task's command contains something that differs in every run",
      "pass the run's id or time as an ignored input, or take it out"),
  /** Bypass: nothing can tell the task's code from other code. */
  CODE_NOT_IDENTIFIABLE(
      Kind.BYPASS,
      "the task's code cannot be told from other code",
      "give a version, make the lambda serializable, or use a named class"),
  /** Bypass: an ingredient of the key could not be had. */
  KEY_FAILED(
      Kind.BYPASS,
      "an ingredient of the key cannot be encoded, or failed",
      "correct the ingredient that the message names");

  /** The four kinds of decision. */
  public enum Kind {
    /** The recorded outputs are there. */
    HIT,
    /** The task has to run. */
    MISS,
    /** Somebody else runs the task now. */
    IN_FLIGHT,
    /** The task runs and the cache has no part in it. */
    BYPASS
  }

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  Reason(Kind kind, String meaning, String remedy) {
    this.kind = kind;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  /**
   * The kind of decision that has this reason.
   *
   * @return the one kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * What it means.
   *
   * @return part of a sentence, without a full stop
   */
  public String meaning() {
    return meaning;
  }

  /**
   * What to do about it.
   *
   * @return part of a sentence, without a full stop
   */
  public String remedy() {
    return remedy;
  }
}
