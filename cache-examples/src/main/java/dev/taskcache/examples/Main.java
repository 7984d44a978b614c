package dev.taskcache.examples;

/** The {@code taskcache} command. */
public final class Main {
  private Main() {}

  /**
   * Runs the command.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.out.println("usage: taskcache <command>");
  }
}
