package dev.taskcache.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A way to run a program that refuses to be run by root, as PostgreSQL does. */
enum Unprivileged {
  /** By whoever we are, who is not root. */
  AS_WE_ARE,
  /** By root, who is nobody in a namespace of its own; to the files it is still root. */
  IN_A_NAMESPACE("unshare", "-U"),
  /** By nobody, for containers, which mostly forbid new namespaces. It must reach the files. */
  AS_NOBODY("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private final List<String> prefix;

  Unprivileged(String... prefix) {
    this.prefix = List.of(prefix);
  }

  /** The ways there are on this machine, the best one first; never empty. */
  static List<Unprivileged> possible() {
    if (!System.getProperty("user.name").equals("root")) {
      return List.of(AS_WE_ARE);
    }
    List<Unprivileged> ways =
        Stream.of(IN_A_NAMESPACE, AS_NOBODY).filter(Unprivileged::works).toList();
    if (ways.isEmpty()) {
      throw new IllegalStateException(
          "PostgreSQL does not run as root, and neither unshare nor setpriv works here: run the"
              + " tests as another user, or install util-linux");
    }
    return ways;
  }

  /** A command to be run in this way; it stays one process. */
  List<String> command(String... command) {
    return Stream.concat(prefix.stream(), Stream.of(command)).toList();
  }

  /** Where its files can be: nobody cannot enter root's folders. */
  Path base() {
    return this == AS_NOBODY
        ? Path.of(System.getProperty("java.io.tmpdir"), "taskcache-postgres")
        : Path.of("target", "postgres").toAbsolutePath();
  }

  /** Gives it a folder of ours. */
  void own(Path folder) throws IOException {
    if (this == AS_NOBODY) {
      Programs.run(List.of("chown", "-R", "65534:65534", folder.toString()));
    }
  }

  private boolean works() {
    try {
      Process probe = new ProcessBuilder(command("true")).start();
      return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
