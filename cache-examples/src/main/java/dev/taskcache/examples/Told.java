package dev.taskcache.examples;

/** What became of a slot, as people are told. */
enum Told {
  /** This process started its run, and executes it. */
  STARTED("started"),
  /** An earlier process had registered its run, and could not say so; it is over by now. */
  STARTED_BEFORE("was started by a process that could not say so"),
  /** Another process, or this one before, started its run. */
  ALREADY_STARTED("already started"),
  /** It was started by a process that died; its run is executed again, from where it was. */
  TAKEN_UP("already started and not finished; taken up again"),
  /** Another process is about to start it, or died. */
  HELD("held"),
  /** It cannot be started now. */
  WAITS("waits");

  private final String words;

  Told(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
