package dev.taskcache.kfp;

/** A task that is not run, or of which nothing is known. */
final class NotRun extends Node {

  NotRun(Node parent, String name, String path, Ending ending) {
    super(parent, name, path);
    end(ending);
  }

  @Override
  Resolved output(String key) {
    return noOutput();
  }

  @Override
  void ended(Node part) {
    throw new IllegalStateException(path() + " has no parts");
  }
}
