package dev.taskcache.examples;

import java.util.LinkedHashSet;
import java.util.Set;

/** One line that says what is being executed, for a person who watches. Not thread-safe. */
final class Progress {
  private static final int WIDTH = 78;
  private static final String CLEAR = "\r\u001b[K";

  private final Terminal terminal;
  private final Set<String> running = new LinkedHashSet<>();
  private int done;

  Progress(Terminal terminal) {
    this.terminal = terminal;
  }

  void started(String task) {
    running.add(task);
    show();
  }

  void finished(String task) {
    running.remove(task);
    done++;
    show();
  }

  private void show() {
    if (terminal.interactive()) {
      String line = done + " done" + (running.isEmpty() ? "" : ", running " + running);
      String cut = line.length() > WIDTH ? line.substring(0, WIDTH - 3) + "..." : line;
      terminal.out().print(CLEAR + cut);
      terminal.out().flush();
    }
  }

  void clear() {
    if (terminal.interactive()) {
      terminal.out().print(CLEAR);
    }
  }
}
