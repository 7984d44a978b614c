package dev.taskcache.examples;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** This program in another process, which prints where this one does. */
final class OwnProcess {
  /** From this JDK on, native code (SQLite) without this option is a warning on stderr. */
  private static final int WARNS_OF_NATIVE_CODE = 24;

  private OwnProcess() {}

  /**
   * Starts {@code taskcache} with other arguments.
   *
   * @param folder where it runs
   * @param errors the file that takes what it prints on stderr unless a person watches
   */
  static Process start(Terminal terminal, Path folder, Path errors, List<String> arguments)
      throws IOException {
    List<String> words = new ArrayList<>(java());
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    if (terminal.interactive()) {
      terminal.flush();
      builder.inheritIO();
    } else {
      builder.redirectError(Redirect.appendTo(errors.toFile()));
    }
    return builder.start();
  }

  /** Waits for its end, and shows until then what it prints. */
  static int await(Process process, Terminal terminal, Path errors)
      throws IOException, InterruptedException {
    if (!terminal.interactive()) {
      process.getOutputStream().close();
      process.getInputStream().transferTo(terminal.out());
    }
    int code = process.waitFor();
    if (Files.exists(errors)) {
      Files.copy(errors, terminal.err());
    }
    return code;
  }

  /** This JVM's java and class path; with the options of a JVM that lives for a second only. */
  static List<String> java() {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(each -> Path.of(each).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    words.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
    if (Runtime.version().feature() >= WARNS_OF_NATIVE_CODE) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.addAll(List.of("-cp", classPath, Main.class.getName()));
    return words;
  }
}
