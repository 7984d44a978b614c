package dev.taskcache.examples;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a command prints.
 *
 * @param out its answer, in UTF-8
 * @param err one line about what is wrong
 * @param interactive whether a person watches
 * @param colour whether that person wants colours
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour) {

  static Terminal system() {
    boolean interactive = somebodyWatches();
    return new Terminal(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        interactive,
        interactive && System.getenv("NO_COLOR") == null);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** On some JDKs after 17 there is a console even where there is no terminal. */
  private static boolean somebodyWatches() {
    Console console = System.console();
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Prints a problem as one line, whatever its text. */
  void complain(String problem) {
    err.println(oneLine(problem));
  }

  /** Prints an answer as one line, whatever its text. */
  void say(String answer) {
    out.println(oneLine(answer));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
